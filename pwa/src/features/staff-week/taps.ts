import type { Appointment, AppointmentStatus, AttendanceStep } from '../../api/staffTypes'
import { copenhagenWall } from '../../ui/copenhagen'

const MINUTE = 60_000
/** The server takes "held" from this long before the start, since people come early. */
const EARLY_MS = 15 * MINUTE
/** The server takes back within a day what became of a talk; an arrival until that is said. */
const UNDO_MS = 24 * 60 * MINUTE
const SAID: readonly AppointmentStatus[] = ['fulfilled', 'noshow']

type Told = Pick<Appointment, 'status' | 'starts_at' | 'closed_at' | 'reply'>

export function hasBegun(appointment: Pick<Appointment, 'starts_at'>, now: Date): boolean {
  return Date.parse(appointment.starts_at) <= now.getTime()
}

/** Who said no beforehand has not failed to come: it is cancelled, and counted from that no. */
export function isToBeCancelled(appointment: Told, now: Date): boolean {
  return appointment.status === 'booked' && appointment.reply === 'declined' && hasBegun(appointment, now)
}

/** The taps that make sense now; the server decides again. */
export function stepsFor(appointment: Told, now: Date): AttendanceStep[] {
  const start = Date.parse(appointment.starts_at)
  const isClose = start - EARLY_MS <= now.getTime()
  const missed: AttendanceStep[] = hasBegun(appointment, now) && appointment.reply !== 'declined' ? ['no-show'] : []
  if (appointment.status === 'booked') {
    const isToday = copenhagenWall(start).date <= copenhagenWall(now).date
    return [...(isToday ? (['arrival'] as const) : []), ...(hasBegun(appointment, now) ? (['held'] as const) : []), ...missed]
  }
  if (appointment.status === 'arrived') return [...(isClose ? (['held'] as const) : []), ...missed, 'undo']
  if (!SAID.includes(appointment.status)) return []
  const said = appointment.closed_at === null ? start : Date.parse(appointment.closed_at)
  return now.getTime() - said < UNDO_MS ? ['undo'] : []
}

/** Over, and nobody has said how it went. */
export function isUnsaid(appointment: Pick<Appointment, 'status' | 'ends_at'>, now: Date): boolean {
  return (appointment.status === 'booked' || appointment.status === 'arrived') && Date.parse(appointment.ends_at) < now.getTime()
}

/** Still ahead, and the person cannot come or asks for another time: somebody has to do something about it. */
export function toAnswer<T extends Pick<Appointment, 'status' | 'starts_at' | 'reply'>>(all: readonly T[], now: Date): T[] {
  const isAsking = (one: T) => one.status === 'booked' && (one.reply === 'tentative' || one.reply === 'declined')
  const byTime = (one: T, other: T) => Date.parse(one.starts_at) - Date.parse(other.starts_at)
  return all.filter((one) => isAsking(one) && !hasBegun(one, now)).sort(byTime)
}
