/** When a questionnaire is asked: the same as on the server (server/measures/windows.py), by the calendar alone. */

const EVERY_MONTHS = 3
const FOLLOW_UP_MONTHS = [1, 6]
const OPENS_BEFORE = 7
const OVERDUE_AFTER = 14
const GIVES_WAY = 30
const MOST_QUARTERS = 80
const DAY_MS = 86_400_000

export type WindowState = 'upcoming' | 'due' | 'overdue' | 'expired' | 'partial' | 'completed' | 'withdrawn'

export interface Window {
  key: string
  opens_on: string
  due_on: string
  overdue_on: string
  /** The first day on which it is closed. */
  expires_on: string
}

export interface Answered {
  window_key: string | null
  complete: boolean
}

interface Dates {
  start_on: string
  end_on: string | null
}

const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (a: string, b: string) => (a > b ? a : b)

/** The same day some months later; the last of the month where that month is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

function quarters({ start_on: start, end_on: end }: Dates, until: string): [string, string][] {
  const found: [string, string][] = []
  const enough = monthsAfter(until, EVERY_MONTHS + 1)
  for (let quarter = 1; quarter <= MOST_QUARTERS; quarter += 1) {
    const day = monthsAfter(start, EVERY_MONTHS * quarter)
    if (end !== null && day > plusDays(end, -GIVES_WAY)) break
    found.push([`month-${EVERY_MONTHS * quarter}`, day])
    if (plusDays(day, -OPENS_BEFORE) > enough) break
  }
  return found
}

function daysOf(dates: Dates, until: string): [string, string][] {
  const { start_on: start, end_on: end } = dates
  const after: [string, string][] = end === null ? [] : FOLLOW_UP_MONTHS.map((months) => [`follow-up-${months}`, monthsAfter(end, months)])
  const last: [string, string][] = end !== null && end > start ? [['end', end]] : []
  return [['start', start], ...quarters(dates, until), ...last, ...after]
}

/** The windows of a plan in their order, the first that opens after `until` included. */
export function windowsOf(dates: Dates, until: string): Window[] {
  const days = daysOf(dates, until)
  const opens = days.map(([, due], at) => {
    const before = days[at - 1]?.[1]
    return before === undefined ? due : later(plusDays(due, -OPENS_BEFORE), earlier(plusDays(before, OVERDUE_AFTER), due))
  })
  const found = days.map(([key, due], at): Window => {
    const longest = monthsAfter(due, EVERY_MONTHS)
    const expires = earlier(longest, opens[at + 1] ?? longest)
    return { key, opens_on: opens[at] ?? due, due_on: due, overdue_on: earlier(plusDays(due, OVERDUE_AFTER), expires), expires_on: expires }
  })
  const shown = found.findIndex((each) => each.opens_on > until)
  return shown === -1 ? found : found.slice(0, shown + 1)
}

/** The window that is open on a day; there is at most one. */
export function currentWindow(found: readonly Window[], today: string): Window | undefined {
  return found.find((each) => each.opens_on <= today && today < each.expires_on)
}

interface Standing {
  today: string
  answered: readonly Answered[]
  skipped?: readonly string[]
  withdrawnOn?: string | null
}

/** Where a window stands: a whole answer comes first, and "not now" before one that was begun. It counts for its own window alone. */
export function stateOf(window: Window, { today, answered, skipped = [], withdrawnOn = null }: Standing): WindowState {
  const own = answered.filter((each) => each.window_key === window.key)
  if (own.some((each) => each.complete)) return 'completed'
  if (skipped.includes(window.key)) return 'withdrawn'
  if (own.length > 0) return 'partial'
  if (withdrawnOn !== null && window.expires_on > withdrawnOn) return 'withdrawn'
  if (today < window.opens_on) return 'upcoming'
  if (today >= window.expires_on) return 'expired'
  return today >= window.overdue_on ? 'overdue' : 'due'
}
