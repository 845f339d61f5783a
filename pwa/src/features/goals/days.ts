/** Days that somebody wants to count; the first day is the first. */

const DAY_MS = 86_400_000

/** How many days it is, today included: never less than one. Both as YYYY-MM-DD. */
export function daysSince(from: string, today: string): number {
  return Math.max(1, Math.round((Date.parse(today) - Date.parse(from)) / DAY_MS) + 1)
}
