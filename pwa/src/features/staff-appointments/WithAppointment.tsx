import type { ComponentChildren } from 'preact'
import { getAppointment } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

interface WithAppointmentProps {
  appointmentId: string
  children: (appointment: Appointment) => ComponentChildren
}

/** Fetches the appointment once for a page that does something with it. */
export function WithAppointment({ appointmentId, children }: WithAppointmentProps) {
  const text = staffText()
  const found = useResource(`appointment:${appointmentId}`, 0, () => getAppointment(appointmentId))
  if (found.data) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}
