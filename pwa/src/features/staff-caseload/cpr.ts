const SHAPE = /^(\d{2})(\d{2})\d{2}[- ]?\d{4}$/
const ANY_LEAP_YEAR = 2000

/** Ten digits that begin with a day of the year; there is no check digit to trust since 2007. */
export function looksLikeCpr(typed: string): boolean {
  const [, day, month] = SHAPE.exec(typed) ?? []
  if (!day || !month) return false
  const date = new Date(Date.UTC(ANY_LEAP_YEAR, Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}
