import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { sayWhen } from '../../ui/days'
import { Outcome } from '../staff-week/Outcome'
import { hasBegun } from '../staff-week/taps'
import { Wishes } from '../staff-week/Wishes'

function whatWords(one: Appointment, text: StaffText): string {
  const { kinds, modes, minutes, with: withWhom } = text.appointments
  const where = one.place ? `${modes[one.mode]}, ${one.place}` : modes[one.mode]
  return [kinds[one.kind], withWhom(one.staff_name), where, minutes(one.duration_minutes)].join('\u00a0· ')
}

function statusWords(one: Appointment, text: StaffText): string {
  const { status, cancellations } = text.appointments
  if (one.status !== 'cancelled' || !one.cancellation) return status[one.status]
  return one.cancellation === 'moved' ? cancellations.moved : `${status.cancelled}. ${cancellations[one.cancellation]}`
}

/**
 * One appointment: when, what, whether the reminder reached the phone, and what the person answered.
 * `open`: something is still to be done about it.
 */
export function AppointmentEntry({ appointment, open }: { appointment: Appointment; open: boolean }) {
  const text = staffText()
  const when = sayWhen(appointment.starts_at, language.value, new Date())
  return (
    <li class="appointment">
      <p class="appointment-when">{when}</p>
      <p>{whatWords(appointment, text)}</p>
      {open ? <Standing appointment={appointment} /> : <p class="quiet">{statusWords(appointment, text)}</p>}
      {open && <Wishes appointment={appointment} />}
      <Outcome appointment={appointment} />
      {open && <Actions appointment={appointment} when={when} />}
    </li>
  )
}

function Standing({ appointment }: { appointment: Appointment }) {
  const { reminder, reply, status } = staffText().appointments
  if (appointment.status !== 'booked') return <p class="quiet">{status[appointment.status]}</p>
  return (
    <dl class="standing">
      <div>
        <dt>{reminder.label}</dt>
        <dd>{reminder[appointment.reminder]}</dd>
      </div>
      <div>
        <dt>{reply.label}</dt>
        <dd>{reply[appointment.reply]}</dd>
      </div>
    </dl>
  )
}

function Actions({ appointment, when }: { appointment: Appointment; when: string }) {
  const text = staffText()
  const base = `/staff/people/${appointment.citizen_id}/appointments/${appointment.id}`
  const link = (path: string, label: string) => (
    <a href={`${base}/${path}`}>
      {label}
      <span class="visually-hidden">: {when}</span>
    </a>
  )
  const canMove = !hasBegun(appointment, new Date())
  if (appointment.status !== 'booked') return null
  return (
    <p class="links">
      {canMove && link('move', text.appointments.move)}
      {link('cancel', text.appointments.cancel)}
      {canMove && link('card', text.appointments.print)}
    </p>
  )
}
