import type { Appointment, AppointmentKind, Booking, Mode, Move, NewSeries, Wish } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'
import { newIdentifier } from '../../ui/identifier'

export const SHORTEST_MINUTES = 5
export const LONGEST_MINUTES = 480

export interface Slot extends Record<string, string> {
  id: string
  date: string
  time: string
  duration_minutes: string
  kind: string
  mode: string
  place: string
  goal_id: string
  /** Why it is booked although the colleague is taken; asked for only then. */
  override_reason: string
  /** Empty: once. */
  repeat: string
  count: string
  /** Dates of the series that are left out, as the server named them, with commas between. */
  skip: string
}

export const MOST_IN_A_SERIES = 26
const ONCE = { override_reason: '', repeat: '', count: '8', skip: '' }

/** A new appointment: what is usual stands there already, the time does not. */
export function startBooking(kind: AppointmentKind): Slot {
  return {
    id: newIdentifier(),
    date: '',
    time: '',
    duration_minutes: '45',
    kind,
    mode: 'in-person',
    place: '',
    goal_id: '',
    ...ONCE,
  }
}

/** What was agreed to about one time, one rule or one number of times; another one is asked about anew. */
const ABOUT_THE_TIME: readonly string[] = ['date', 'time', 'duration_minutes', 'repeat', 'count']

/** The slot with one field changed: dates left out and the reason for a double booking belong to the time they were given for. */
export function changeSlot(slot: Slot, name: string, value: string): Slot {
  const isAnother = ABOUT_THE_TIME.includes(name) && slot[name] !== value
  return { ...slot, [name]: value, ...(isAnother && { override_reason: '', skip: '' }) }
}

/** Names the time that a try was about: what stood in its way stands in the way of no other one. */
export function timeOf(slot: Slot): string {
  return ABOUT_THE_TIME.map((name) => slot[name]).join(' ')
}

/** The dates of a series that are left out. */
export function skipped(slot: Pick<Slot, 'skip'>): string[] {
  return slot.skip.split(',').filter(Boolean)
}

/** The same with more dates left out, each once and in order. */
export function skipAlso(slot: Pick<Slot, 'skip'>, dates: readonly string[]): string {
  return [...new Set([...skipped(slot), ...dates])].sort().join(',')
}

function wallOf(wish: Wish): { date: string; time: string } {
  if ('starts_at' in wish) return copenhagenWall(wish.starts_at)
  return { date: wish.on, time: wish.day_part === 'morning' ? '09:00' : '13:00' }
}

/** A move begins where the appointment stands, or where the person wishes it. */
export function startMove(appointment: Appointment, wish?: Wish): Slot {
  return {
    id: newIdentifier(),
    ...(wish ? wallOf(wish) : copenhagenWall(appointment.starts_at)),
    duration_minutes: String(appointment.duration_minutes),
    kind: appointment.kind,
    mode: appointment.mode,
    place: appointment.place ?? '',
    goal_id: appointment.goal_id ?? '',
    ...ONCE,
  }
}

/** What is missing or cannot be right; whether the time is free to take is the server's to say. */
export function checkSlot(slot: Slot, text: StaffText): Record<string, string> {
  const found: Record<string, string> = {}
  if (!copenhagenInstant(slot.date, slot.time)) found['starts_at'] = text.appointments.chooseTime
  const minutes = Number(slot.duration_minutes)
  if (!Number.isInteger(minutes) || minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES) {
    found['duration_minutes'] = text.appointments.durationWrong
  }
  const count = Number(slot.count)
  if (slot.repeat && (!Number.isInteger(count) || count < 2 || count > MOST_IN_A_SERIES)) {
    found['count'] = text.appointments.series.countWrong
  }
  return found
}

export function toMove(slot: Slot): Move {
  return {
    id: slot.id,
    starts_at: copenhagenInstant(slot.date, slot.time) ?? '',
    duration_minutes: Number(slot.duration_minutes),
    mode: slot.mode as Mode,
    place: slot.place.trim() || null,
    ...(slot.override_reason.trim() && { override_reason: slot.override_reason.trim() }),
  }
}

export function toBooking(slot: Slot): Booking {
  const goal = slot.goal_id ? { goal_id: slot.goal_id } : {}
  return { ...toMove(slot), kind: slot.kind as AppointmentKind, ...goal }
}

export function toSeries(slot: Slot): NewSeries {
  const rule = slot.repeat as NewSeries['rule']
  return { ...toBooking(slot), rule, count: Number(slot.count), skip: skipped(slot) }
}

const OVER: readonly string[] = ['fulfilled', 'cancelled', 'noshow', 'entered-in-error']

interface InOrder {
  /** Over, and nobody has said how it went; oldest first. */
  unsaid: Appointment[]
  /** Soonest first. */
  coming: Appointment[]
  /** Latest first. */
  past: Appointment[]
}

/** What somebody has to say something about, what is still to come, and everything else. */
export function inOrder(all: readonly Appointment[], now: Date): InOrder {
  const ends = (one: Appointment) => Date.parse(one.starts_at) + one.duration_minutes * 60_000
  const isOver = (one: Appointment) => OVER.includes(one.status)
  const byTime = [...all].sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
  return {
    unsaid: byTime.filter((one) => !isOver(one) && ends(one) <= now.getTime()),
    coming: byTime.filter((one) => !isOver(one) && ends(one) > now.getTime()),
    past: byTime.filter(isOver).reverse(),
  }
}

/** The first talk is what a person without any appointment needs first. */
export function usualKind(all: readonly Appointment[]): AppointmentKind {
  return all.some((one) => one.kind === 'first-talk' && one.status !== 'cancelled') ? 'talk' : 'first-talk'
}
