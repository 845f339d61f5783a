/** A given exercise as a form holds it; an empty text is not said. */
import type { ExerciseRef, Repeat } from '../../api/exercises.ts'
import type { GivenChange, GivenExercise } from '../../api/staffExercises'
import { staffExercisesText } from '../../text/staffExercises'
import { copenhagenWall } from '../../ui/copenhagen'

export const REPEATS: readonly Repeat[] = ['none', 'daily', 'weekly']

export interface GivenValues extends Record<string, string> {
  goal: string
  repeat: string
  due_on: string
  until_on: string
  line: string
}

export const EMPTY: GivenValues = { goal: '', repeat: 'none', due_on: '', until_on: '', line: '' }

export function valuesOf({ goal_id: goal, repeat, due_on: due, until_on: until, line }: GivenExercise): GivenValues {
  return { goal: goal ?? '', repeat, due_on: due ?? '', until_on: until ?? '', line: line ?? '' }
}

/** What goes to the server; only one that repeats has a last day. */
export function saidBy({ goal, repeat, due_on: due, until_on: until, line }: GivenValues) {
  return {
    goal_id: goal || null,
    due_on: due || null,
    repeat: repeat as Repeat,
    until_on: repeat === 'none' ? null : until || null,
    line: line.trim() || null,
  }
}

/** Only what was changed: what a colleague changed meanwhile in another field stays. */
export function changesOf(values: GivenValues, before: GivenValues): GivenChange {
  const [now, then] = [saidBy(values), saidBy(before)]
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== then[name as keyof typeof then]))
}

/** What is wrong, by field. `before`: the days that stand already may have passed. */
export function checkGiven(values: GivenValues, before: GivenValues = EMPTY): Record<string, string> {
  const words = staffExercisesText().form
  const today = copenhagenWall(new Date()).date
  const { due_on: due, until_on: until, repeat } = values
  const isPast = due !== '' && due !== before.due_on && due < today
  const isWrong = repeat !== 'none' && until !== '' && until !== before.until_on && until < (due || today)
  return { ...(isPast && { due_on: words.pastDay }), ...(isWrong && { until_on: words.wrongUntil }) }
}

/** "library:breathing" or "own:…": an exercise as the value of a choice. */
export function refOf(chosen: string): ExerciseRef {
  const [kind, name = ''] = [chosen.slice(0, chosen.indexOf(':')), chosen.slice(chosen.indexOf(':') + 1)]
  return kind === 'own' ? { own: name } : { library: name }
}
