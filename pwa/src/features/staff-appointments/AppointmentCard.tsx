import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayTime, sayWeekday } from '../../ui/days'
import { PageHeading } from '../../ui/PageHeading'
import { WithAppointment } from './WithAppointment'

interface CardProps {
  appointmentId: string
  /** The number to call about the appointment; empty when the unit has none. */
  phone: string
}

/** A neutral card to take along: when and where, and nothing that says what for. */
export function AppointmentCard({ appointmentId, phone }: CardProps) {
  return (
    <WithAppointment appointmentId={appointmentId}>
      {(one) => <CardPage appointment={one} phone={phone} />}
    </WithAppointment>
  )
}

function CardPage({ appointment, phone }: { appointment: Appointment; phone: string }) {
  const text = staffText()
  const { card, modes } = text.appointments
  const wall = copenhagenWall(appointment.starts_at)
  const day = sayWeekday(wall.date, language.value, new Date())
  return (
    <section class="page">
      <div class="no-print">
        <PageHeading>{text.appointments.print}</PageHeading>
        <p class="quiet">{text.appointments.cardNote}</p>
      </div>
      <div class="print-card">
        <p class="print-card-day">{day}</p>
        <p class="print-card-time">
          {card.clock(sayTime(wall.time, language.value))}
        </p>
        <dl>
          <dt>{card.place}</dt>
          <dd>{appointment.place ?? modes[appointment.mode]}</dd>
          {phone && <dt>{card.phone}</dt>}
          {phone && <dd>{phone}</dd>}
        </dl>
      </div>
      <div class="form-actions no-print">
        <Button kind="primary" onClick={() => window.print()}>
          {text.appointments.printButton}
        </Button>
        <a class="way-out" href={`/staff/people/${appointment.citizen_id}`}>
          {text.back}
        </a>
      </div>
    </section>
  )
}
