import type { NewRun } from '../../api/staffCourses'
import type { Colleague } from '../../api/staffTypes'
import type { StaffCoursesText } from '../../text/staffCourses'

/** The form of a new group as it is typed. */
export type Planning = Record<'id' | 'code' | 'first' | 'at' | 'minutes' | 'count' | 'seats' | 'place', string> & { days: string[] }

/** A whole number within its limits, as typed; null when it is none. */
export function wholeBetween(typed: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(typed.trim()) ? Number(typed.trim()) : NaN
  return value >= least && value <= most ? value : null
}

export function checkPlanning(values: Planning, words: StaffCoursesText['planForm']): Record<string, string> {
  const found: Record<string, string> = {}
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.first)) found['first'] = words.wrongDate
  if (values.days.length === 0) found['days'] = words.noDay
  if (!/^\d{2}:\d{2}$/.test(values.at)) found['at'] = words.wrongTime
  if (wholeBetween(values.minutes, 15, 480) === null) found['minutes'] = words.number
  if (wholeBetween(values.count, 1, 26) === null) found['count'] = words.number
  if (wholeBetween(values.seats, 1, 40) === null) found['seats'] = words.number
  return found
}

export function toRun(values: Planning): NewRun {
  return {
    id: values.id,
    code: values.code,
    place: values.place.trim() || null,
    seats: Number(values.seats),
    first_on: values.first,
    weekdays: values.days.map(Number).sort((one, other) => one - other),
    at: values.at,
    minutes: Number(values.minutes),
    count: Number(values.count),
  }
}

/** The day of the week of a typed date, 1 to 7; null when it is no date. */
export function weekdayOf(date: string): number | null {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return Number.isNaN(day) ? null : day === 0 ? 7 : day
}

/** Who could lead a group besides these: course leaders with access. */
export function othersWhoLead(colleagues: readonly Colleague[], not: readonly string[]): Colleague[] {
  return colleagues.filter(({ id, active, roles }) => active && roles.includes('course-leader') && !not.includes(id))
}
