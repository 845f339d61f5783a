/** Check-ins as points of a curve, and those of about four months ago. */

export interface Point {
  at: string
  mood: number | null
  urge: number | null
}

export type Series = [times: number[], moods: (number | null)[], urges: (number | null)[]]

const DAY_MS = 86_400_000
const MONTHS_BACK = 4
const AROUND_DAYS = 3

/** Oldest first, in seconds, as a curve wants them; what was not chosen is a gap. */
export function toSeries(points: readonly Point[]): Series {
  const sorted = points.filter((each) => each.mood !== null || each.urge !== null).sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return [
    sorted.map((each) => Date.parse(each.at) / 1000),
    sorted.map((each) => each.mood),
    sorted.map((each) => each.urge),
  ]
}

/** The same day four months before; the last of the month where that month is shorter. */
export function fourMonthsBefore(today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - MONTHS_BACK, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - MONTHS_BACK, Math.min(day, last))).toISOString().slice(0, 10)
}

/** What was written within three days of the same day four months before. */
export function lookBack<T extends Point>(points: readonly T[], today: string): T[] {
  const noon = Date.parse(`${fourMonthsBefore(today)}T12:00:00Z`)
  return points.filter((each) => Math.abs(Date.parse(each.at) - noon) <= (AROUND_DAYS + 0.5) * DAY_MS)
}
