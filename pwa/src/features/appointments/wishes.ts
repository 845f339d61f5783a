/** "Another time, please", as it is typed and as it is sent. Pure. */
import type { Wish } from '../../api/citizen.ts'
import type { AnotherText } from '../../text/another.ts'
import type { Text } from '../../text/text.ts'
import { describeDate, describeWhen } from '../../text/when.ts'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen.ts'

export const MOST = 2
export const LONGEST_NOTE = 300

/** One suggestion as it stands in the form; `time` counts only where the hour was chosen. */
export interface Suggestion {
  date: string
  part: 'morning' | 'afternoon' | 'clock'
  time: string
}

export const NO_SUGGESTION: Suggestion = { date: '', part: 'morning', time: '' }

/** What is wrong with a suggestion; one without a date is none. */
export function troubleWith(one: Suggestion, today: string, now: number, words: AnotherText): string | null {
  if (!one.date) return null
  if (one.part !== 'clock') return one.date < today ? words.past : null
  const instant = copenhagenInstant(one.date, one.time)
  if (!instant) return words.clockMissing
  // The hour that the clock jumps over in spring.
  if (copenhagenWall(instant).time !== one.time) return words.skipped
  return Date.parse(instant) <= now ? words.past : null
}

/** The suggestions that were made, in their order. */
export function toWishes(suggestions: readonly Suggestion[]): Wish[] {
  return suggestions.filter((one) => one.date).map((one) => {
    if (one.part !== 'clock') return { on: one.date, day_part: one.part }
    return { starts_at: copenhagenInstant(one.date, one.time) ?? '' }
  })
}

/** A wish in words. */
export function sayWish(wish: Wish, today: string, words: Text): string {
  if (!('starts_at' in wish)) return `${describeDate(wish.on, today, words.when)}, ${words.another.parts[wish.day_part]}`
  const { date, time } = copenhagenWall(wish.starts_at)
  return describeWhen(`${date}T${time}`, today, words.when)
}
