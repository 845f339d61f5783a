import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'

/** Dates of a week on a Danish calendar. Pure: no clock, no zone but the Danish one. */

const DAY = 86_400_000

const asUtc = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/** The date so many days later, or earlier. */
export function plusDays(date: string, days: number): string {
  return new Date(asUtc(date) + days * DAY).toISOString().slice(0, 10)
}

/** The Monday of the week in which a date lies. */
export function mondayOf(date: string): string {
  const sinceMonday = (new Date(asUtc(date)).getUTCDay() + 6) % 7
  return plusDays(date, -sinceMonday)
}

/** The week's number (ISO 8601: week 1 is the one with the year's first Thursday). */
export function weekNumber(date: string): number {
  const thursday = plusDays(mondayOf(date), 3)
  const first = asUtc(`${thursday.slice(0, 4)}-01-01`)
  return Math.floor((asUtc(thursday) - first) / (7 * DAY)) + 1
}

/** The dates of as many days from a date on. */
export function daysFrom(date: string, count: number): string[] {
  return Array.from({ length: count }, (_, step) => plusDays(date, step))
}

/** From Danish midnight to Danish midnight, as the server takes a span. */
export function spanOf(first: string, count: number): { from: string; to: string } {
  const midnight = (date: string) => copenhagenInstant(date, '00:00') ?? `${date}T00:00:00Z`
  return { from: midnight(first), to: midnight(plusDays(first, count)) }
}

/** True for a date that exists and is written as the address has it. */
export function isDate(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(asUtc(date)) && plusDays(date, 0) === date
}

/** The rows of each day, in the order in which they begin. */
export function byDay<T extends { starts_at: string }>(rows: readonly T[], days: readonly string[]): Map<string, T[]> {
  const found = new Map<string, T[]>(days.map((day) => [day, []]))
  const inOrder = [...rows].sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
  for (const row of inOrder) found.get(copenhagenWall(row.starts_at).date)?.push(row)
  return found
}
