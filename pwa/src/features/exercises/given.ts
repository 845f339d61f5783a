/** How a given exercise stands today, in words. Nothing is ever late. */
import { answers, type Answer, type Assignment } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { wallNow } from '../clock.ts'
import { firstOn, nextOn, occurrenceOf } from './occurrences.ts'

/** The newest answer to the day that it is about now; an edit comes after what it replaces. */
export function answerNow(given: Assignment, today: string, all: readonly Answer[] = answers.value): Answer | undefined {
  const day = occurrenceOf(given, today)
  const found = all.filter((each) => each.assignment_id === given.id && occurrenceOf(given, each.on) === day)
  // In the order in which they came to the server, as there; what waits comes after all of it.
  return found.reduce<Answer | undefined>((last, each) => (last && (last.seq ?? Infinity) >= (each.seq ?? Infinity) ? last : each), undefined)
}

function isOver(given: Assignment, today: string): boolean {
  return given.repeat !== 'none' && given.until_on !== null && given.until_on < today
}

/**
 * What stands on the list: what came up for the last time goes, unless words were begun for it and not saved; what is
 * answered for now comes last.
 */
export function listed(all: readonly Assignment[], today: string, isBegun: (given: Assignment) => boolean, said?: readonly Answer[]): Assignment[] {
  const current = all.filter((each) => !isOver(each, today) || isBegun(each))
  const isAnswered = (each: Assignment) => answerNow(each, today, said) !== undefined
  return [...current.filter((each) => !isAnswered(each)), ...current.filter(isAnswered)]
}

/** Nothing has been answered of what is due now, or of what has no day. */
export function isOpen(given: Assignment, today: string, all?: readonly Answer[]): boolean {
  if (isOver(given, today)) return false
  if (given.repeat !== 'none' && firstOn(given) > today) return false
  return answerNow(given, today, all) === undefined
}

/** "Til i morgen", "Hver uge til og med 3. december": when it is meant for. */
export function whenOf(given: Assignment): string {
  const words = exercisesText.value.given
  const today = wallNow.value.date
  const spoken = (date: string) => describeDate(date, today, text.value.when)
  if (given.repeat === 'none') return given.due_on === null || given.due_on < today ? words.anytime : words.by(spoken(given.due_on))
  const rhythm = words[given.repeat]
  const next = nextOn(given, today)
  if (answerNow(given, today) && next && given.repeat === 'weekly') return words.next(rhythm, spoken(next))
  return given.until_on ? words.until(rhythm, spoken(given.until_on)) : rhythm
}

/** What the person has answered for now; null where nothing was. */
export function stateOf(given: Assignment): string | null {
  const words = exercisesText.value.given
  const answer = answerNow(given, wallNow.value.date)
  if (!answer) return null
  return answer.outcome === 'done' ? words.done : words.notNow
}
