import { copenhagenWall } from '../../ui/copenhagen'

type Language = 'da' | 'en'

export const MONTHS_SHOWN = 12
export const MOST_MONTHS = 36

/** The Danish month so many months before this one, as `2026-11`. */
export function monthsAgo(steps: number, now: Date): string {
  const [year = 0, month = 0] = copenhagenWall(now).date.split('-').map(Number)
  const count = year * 12 + month - 1 - steps
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** november 2026. */
export function sayMonth(month: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' })
  return format.format(new Date(`${month}-01T00:00:00Z`))
}

/** 25 % in Danish, 25% in English. */
export function sayPercent(percent: number, language: Language): string {
  return language === 'da' ? `${percent}\u00a0%` : `${percent}%`
}

/** 7,5 in Danish, 7.5 in English; without a fraction that is none. */
export function sayNumber(number: number, language: Language): string {
  return new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 1 }).format(number)
}
