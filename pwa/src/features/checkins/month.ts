/** A month as a grid of weeks that begin on a Monday. */

export function monthOf(date: string): string {
  return date.slice(0, 7)
}

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The days of a month, with an empty place for each weekday before the first. */
export function gridOf(month: string): (string | null)[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const days = Array.from({ length }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`)
  return [...Array<null>(before).fill(null), ...days]
}

/** A tap goes from nothing to yes, from yes to no, and from no back to nothing. */
export function afterTap(used: boolean | null): boolean | null {
  if (used === null) return true
  return used ? false : null
}
