import type { Appointment } from '../../api/citizen.ts'

const HIDDEN = new Set(['entered-in-error'])
const OVER = new Set(['cancelled', 'fulfilled', 'noshow'])
const MINUTE = 60_000

/** True until the talk would be over, unless it will not take place. */
export function isUpcoming(appointment: Appointment, now: number): boolean {
  const ends = Date.parse(appointment.starts_at) + appointment.duration_minutes * MINUTE
  return !OVER.has(appointment.status) && !HIDDEN.has(appointment.status) && ends > now
}

/** A cancelled time stays in sight until it would have begun, so that nobody goes in vain. */
function belongsToComing(appointment: Appointment, now: number): boolean {
  const isOff = appointment.status === 'cancelled' && Date.parse(appointment.starts_at) > now
  return isOff || isUpcoming(appointment, now)
}

/** Coming ones in the order they happen, earlier ones latest first. */
export function divide(appointments: readonly Appointment[], now: number): { coming: Appointment[]; earlier: Appointment[] } {
  const shown = appointments.filter((each) => !HIDDEN.has(each.status))
  return {
    coming: shown.filter((each) => belongsToComing(each, now)),
    earlier: shown.filter((each) => !belongsToComing(each, now)).reverse(),
  }
}

/** The next one that takes place. */
export function findNext(appointments: readonly Appointment[], now: number): Appointment | undefined {
  return appointments.find((each) => isUpcoming(each, now))
}

/** A cancelled time that somebody could go to in vain: it lies before the next one, and no new time was agreed. */
export function findCalledOff(appointments: readonly Appointment[], now: number): Appointment | undefined {
  const next = findNext(appointments, now)
  const isOff = (each: Appointment) => each.status === 'cancelled' && each.cancellation !== 'moved' && Date.parse(each.starts_at) > now
  return appointments.find((each) => isOff(each) && (!next || each.starts_at < next.starts_at))
}

/** An answer still means something: the time is agreed, and it has not begun. */
export function mayAnswer(appointment: Appointment, now: number): boolean {
  return appointment.status === 'booked' && Date.parse(appointment.starts_at) > now
}

/** Nobody came together: what is left to say is that a new time can be had. */
export function isMissed(appointment: Appointment): boolean {
  return appointment.status === 'noshow'
}

/** Where the person finds the new time of a moved one, following several moves. */
export function findSuccessor(appointment: Appointment, all: readonly Appointment[]): Appointment | undefined {
  const byId = new Map(all.map((each) => [each.id, each]))
  let last: Appointment | undefined = appointment
  for (let step = 0; last?.moved_to_id && step < all.length; step += 1) last = byId.get(last.moved_to_id)
  return last === appointment ? undefined : last
}
