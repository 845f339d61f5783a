/** Dates as people say them. Everything is Danish wall time, whatever zone the phone stands in. */
import type { Text } from './text.ts'

const DAY = 86_400_000

function asDay(wall: string): number {
  return Date.parse(`${wall.slice(0, 10)}T00:00:00Z`)
}

function inWords(day: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(day)
}

/** "26. november", with the year when it is not this one; day and month stay on one line. */
export function describeDate(wall: string, today: string, words: Text['when']): string {
  const isThisYear = wall.slice(0, 4) === today.slice(0, 4)
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' }
  return inWords(asDay(wall), words.locale, isThisYear ? options : { ...options, year: 'numeric' }).replace(' ', '\u00a0')
}

/** "i morgen kl. 10.00, torsdag", "på torsdag kl. 10.00, 26. november", "torsdag den 3. december kl. 10.00". */
export function describeWhen(wall: string, today: string, words: Text['when']): string {
  const day = asDay(wall)
  const distance = Math.round((day - asDay(today)) / DAY)
  const weekday = inWords(day, words.locale, { weekday: 'long' })
  const at = words.at(wall.slice(11, 16))
  const near = { [-1]: words.yesterday, 0: words.today, 1: words.tomorrow }[distance]
  if (near) return words.near(near, at, weekday)
  const date = describeDate(wall, today, words)
  return distance > 1 && distance < 7 ? words.thisWeek(weekday, at, date) : words.far(weekday, at, date)
}
