/** What staff say of a cancellation, before it is sent. Pure. */
import type { AppointmentKind, CancellationReasons } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

export interface Cancelling extends Record<string, string> {
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

/** What is still missing. */
export function checkCancelling(values: Cancelling, text: StaffText): Record<string, string> {
  if (!values.cancellation) return { cancellation: text.problem.required }
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
