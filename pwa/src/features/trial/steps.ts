/** What became of a trial, as lines that a person can read. */
import type { Trial } from '../../api/trial.ts'
import type { TrialText } from '../../text/trial.ts'

export interface Step {
  text: string
  done: boolean
}

/** The steps so far and the one that is waited for; none is left out, so that one sees where it stands. */
export function stepsOf(trial: Trial, words: TrialText): Step[] {
  const steps: Step[] = [{ text: words.planned, done: true }]
  if (!trial.handed) return [...steps, { text: trial.over ? words.notSent : words.notHanded, done: false }]
  steps.push({ text: words.handed, done: true })
  const isTaken = trial.answer === 'accepted' || trial.shown
  steps.push({ text: isTaken ? words.accepted : trial.answer === 'refused' ? words.refused : words.waiting, done: isTaken })
  if (!isTaken) return steps
  const last = trial.shown ? words.shown : trial.over ? words.neverShown : words.notShown
  return [...steps, { text: last, done: trial.shown }]
}
