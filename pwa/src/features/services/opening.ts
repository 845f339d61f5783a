/** Whether a service is open, as far as our sources say. Danish wall time, so summer time changes nothing. */
import type { Wall } from '../../ui/copenhagen.ts'
import type { DayState, Hours, Interval, Service, ServiceBook } from './book.ts'

/** `unknown`: the sources give no hours, so nothing is worked out. `ask`: nobody has told us about this day. */
export type Opening =
  | { state: 'always' }
  | { state: 'open'; until: string }
  | { state: 'closed' }
  | { state: 'ask' }
  | { state: 'unknown' }

/** Monday is 1, as in the content. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

function within(intervals: readonly Interval[], time: string): Opening {
  const current = intervals.find((each) => each.opens <= time && time < each.closes)
  return current ? { state: 'open', until: current.closes } : { state: 'closed' }
}

interface DayRule {
  state: DayState
  intervals: Interval[]
}

function ruleFor(hours: Hours, book: ServiceBook, date: string): DayRule {
  const exception = hours.exceptions.find((each) => each.on === date)
  if (exception) {
    const { opens, closes } = exception
    return { state: exception.state, intervals: opens && closes ? [{ opens, closes }] : [] }
  }
  const isHoliday = book.holidays.some((holiday) => holiday.on === date)
  // Beyond the last year we know the holidays of, any day may be one.
  const isUncharted = date > book.holidays_known_until && hours.on_holidays !== 'as-usual'
  if (isUncharted) return { state: 'ask', intervals: [] }
  return { state: isHoliday ? hours.on_holidays : 'as-usual', intervals: [] }
}

/** Days in a row with the same hours. */
export interface SameDays extends Interval {
  from: number
  to: number
}

/** The week with three days or more in a row put together, as people say them: "mandag til fredag". */
export function sameDays(week: Hours['week']): SameDays[] {
  const found: SameDays[] = []
  for (const { day, opens, closes } of week) {
    const last = found[found.length - 1]
    if (last && last.to === day - 1 && last.opens === opens && last.closes === closes) last.to = day
    else found.push({ from: day, to: day, opens, closes })
  }
  return found.flatMap((row) => (row.to - row.from === 1 ? [{ ...row, to: row.from }, { ...row, from: row.to }] : [row]))
}

/** What holds for this service at this moment. */
export function openingOf(service: Service, book: ServiceBook, now: Wall): Opening {
  const { hours } = service
  if (hours.kind === 'unknown') return { state: 'unknown' }
  const rule = ruleFor(hours, book, now.date)
  if (rule.state === 'closed' || rule.state === 'ask') return { state: rule.state }
  if (rule.state === 'open') return within(rule.intervals, now.time)
  if (hours.kind === 'always') return { state: 'always' }
  const weekday = weekdayOf(now.date)
  return within(
    hours.week.filter((each) => each.day === weekday),
    now.time,
  )
}
