/** What staff say of a cancellation, before it is sent. Pure. */
import type { Appointment, AppointmentKind, CancellationReasons } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'
import { copenhagenWall } from '../../ui/copenhagen'

export interface Cancelling extends Record<string, string> {
  /** Who cancelled, or `error`. */
  cancellation: string
  reason_code: string
  /** `rule`: the centre's rule decides. */
  late: string
  reason_text: string
}

interface Sent {
  cancellation: 'by-citizen' | 'by-service'
  reason_code: string
  late?: boolean
  reason_text?: string
}

export const startCancelling = (): Cancelling => ({ cancellation: '', reason_code: '', late: 'rule', reason_text: '' })

const isJudged = ({ cancellation, late }: Cancelling) => cancellation === 'by-citizen' && late !== 'rule'

/** Not cancelled at all: it should never have been written. */
export const isStruck = ({ cancellation }: Pick<Cancelling, 'cancellation'>) => cancellation === 'error'

/** What is still missing. */
export function checkCancelling(values: Cancelling, text: StaffText): Record<string, string> {
  if (!values.cancellation) return { cancellation: text.problem.required }
  if (isStruck(values)) return {}
  if (!values.reason_code) return { reason_code: text.appointments.chooseCause }
  if (isJudged(values) && !values.reason_text.trim()) return { reason_text: text.appointments.lateWhyMissing }
  return {}
}

export function toCancellation(values: Cancelling): Sent {
  const { cancellation, reason_code } = values
  const judgement = isJudged(values) ? { late: values.late === 'yes', reason_text: values.reason_text.trim() } : {}
  return { cancellation: cancellation as Sent['cancellation'], reason_code, ...judgement }
}

/** How many hours before the start a "no" is still in time for this kind. */
export function lateHours(reasons: CancellationReasons, kind: AppointmentKind): number {
  return reasons.late_hours_by_kind[kind] ?? reasons.late_hours
}

/** What ending a series from this appointment on would cancel, in the order in which they begin. */
export function restOfSeries(from: Appointment, all: readonly Appointment[], now: Date): Appointment[] {
  const since = copenhagenWall(from.starts_at).date
  const isRest = (one: Appointment) =>
    one.series_id === from.series_id && one.status === 'booked' && Date.parse(one.starts_at) > now.getTime() && copenhagenWall(one.starts_at).date >= since
  return all.filter(isRest).sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
}
