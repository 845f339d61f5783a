/** A colleague's own calendar, and what is said of how an appointment went. */
import { call, list } from './staff'
import type { Appointment, AttendanceStep } from './staffTypes'

export { written } from './staff'

/** One's own appointments that begin in a span of time, and those of colleagues for whom one stands in. */
export const listDiary = (span: { from: string; to: string }): Promise<Appointment[]> =>
  list('/staff/appointments', { ...span, for: 'mine-and-stand-in' })

/** What has begun, one's own and as a stand-in, without anybody having said how it went; oldest first. */
export const listUnsaid = (): Promise<Appointment[]> => list('/staff/appointments/unsaid')

/** Says how it went, or takes it back. */
export function takeStep(appointment: Pick<Appointment, 'id' | 'revision'>, step: AttendanceStep, excused: boolean): Promise<Appointment> {
  const body = step === 'no-show' ? { excused } : undefined
  return call(`/staff/appointments/${encodeURIComponent(appointment.id)}/${step}`, {
    method: 'POST',
    version: appointment.revision,
    ...(body && { body }),
  })
}
