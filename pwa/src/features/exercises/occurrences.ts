/** On which days a given exercise comes up: worked out as the server does, by `tests/contract/occurrences.json`. */
import type { Assignment } from '../../offline/exercise-store.ts'

export type Rhythm = Pick<Assignment, 'repeat' | 'given_on' | 'due_on' | 'until_on'>

const DAY_MS = 86_400_000
const STEP = { daily: 1, weekly: 7 } as const

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS
const dateOf = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)

/** The first day; of one without a day, the day on which it was given. */
export function firstOn({ due_on: due, given_on: given }: Rhythm): string {
  return due ?? given
}

/** The days up to and with `upto`, the last `atMost` of them, in order. */
export function occurrences(rhythm: Rhythm, upto: string, atMost: number): string[] {
  if (rhythm.repeat === 'none') return [firstOn(rhythm)]
  const step = STEP[rhythm.repeat]
  const first = dayNumber(firstOn(rhythm))
  const last = rhythm.until_on !== null && rhythm.until_on < upto ? rhythm.until_on : upto
  const count = Math.floor((dayNumber(last) - first) / step) + 1
  const from = Math.max(0, count - atMost)
  return Array.from({ length: Math.max(0, count) - from }, (_, place) => dateOf(first + step * (from + place)))
}

/** The day that an answer of this day belongs to: the last one not after it, else the first. */
export function occurrenceOf(rhythm: Rhythm, day: string): string {
  return occurrences(rhythm, day, 1)[0] ?? firstOn(rhythm)
}

/** The first day after this one on which it comes up; none if it never does again. */
export function nextOn(rhythm: Rhythm, day: string): string | null {
  if (rhythm.repeat === 'none') return null
  if (day < firstOn(rhythm)) return firstOn(rhythm)
  const next = dateOf(dayNumber(occurrenceOf(rhythm, day)) + STEP[rhythm.repeat])
  return rhythm.until_on !== null && next > rhythm.until_on ? null : next
}
