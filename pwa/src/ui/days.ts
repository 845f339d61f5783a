import { NEAR } from '../text/near.ts'
import { copenhagenWall } from './copenhagen'

/** Dates as people say them, on a Danish clock. */

type Language = 'da' | 'en'

const LOCALE: Record<Language, string> = { da: 'da-DK', en: 'en-GB' }
const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], { timeZone: 'UTC', ...options })
  formats.set(key, known)
  return known
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY
}

/** 26. november; with the year when it is another than this one. */
export function sayDate(date: string, language: Language, now: Date): string {
  const year = date.slice(0, 4) === copenhagenWall(now).date.slice(0, 4) ? {} : { year: 'numeric' as const }
  return format(language, { day: 'numeric', month: 'long', ...year }).format(new Date(`${date}T00:00:00Z`))
}

/** torsdag 26. november. */
export function sayWeekday(date: string, language: Language, now: Date): string {
  const weekday = format(language, { weekday: 'long' }).format(new Date(`${date}T00:00:00Z`))
  return `${weekday} ${sayDate(date, language, now)}`
}

/** 10.00 in Danish, 10:00 in English. */
export function sayTime(time: string, language: Language): string {
  return language === 'da' ? time.replace(':', '.') : time
}

/** The Danish day of an instant: i dag, i morgen, or 26. november. */
export function sayDay(instant: string, language: Language, now: Date): string {
  return sayNearDate(copenhagenWall(instant).date, language, now)
}

/** The same for a date: i dag, i morgen, or 26. november. */
export function sayNearDate(date: string, language: Language, now: Date): string {
  return dayWords(date, language, now, (far) => sayDate(far, language, now))
}

/** The same with its weekday: i dag, i morgen, or torsdag 26. november. */
export function sayNearWeekday(date: string, language: Language, now: Date): string {
  return dayWords(date, language, now, (far) => sayWeekday(far, language, now))
}

function dayWords(date: string, language: Language, now: Date, far: (date: string) => string): string {
  return NEAR[language][dayNumber(date) - dayNumber(copenhagenWall(now).date)] ?? far(date)
}

// The time stays on one line with its "kl.".
function withClock(day: string, time: string, language: Language): string {
  return `${day} ${language === 'da' ? 'kl.' : 'at'}\u00a0${sayTime(time, language)}`
}

/** An instant as people say it: i morgen kl. 10.00, torsdag 26. november kl. 10.00. */
export function sayWhen(instant: string, language: Language, now: Date): string {
  const { date, time } = copenhagenWall(instant)
  return withClock(sayNearWeekday(date, language, now), time, language)
}

/** The same for a list: tors. 26. nov. kl. 10.00. */
export function sayWhenBriefly(instant: string, language: Language, now: Date): string {
  const { date, time } = copenhagenWall(instant)
  const brief = format(language, { weekday: 'short', day: 'numeric', month: 'short' })
  const day = dayWords(date, language, now, (far) => brief.format(new Date(`${far}T00:00:00Z`)))
  return withClock(day, time, language)
}
