import { moveAppointment } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { changeSlot, checkSlot, type Slot, startMove, toMove } from './booking'
import { explainChange } from './changed'
import { ClashNotice, useClash } from './Clash'
import { PlaceFields, slotLabels, TimeFields } from './SlotFields'
import { startRefusal } from './times'
import { WithAppointment } from './WithAppointment'

interface MoveProps {
  appointmentId: string
  /** Which of the person's wishes the form begins with, counted from one. */
  wish?: number
}

/** Moves an appointment: the old one says that it was moved, the new one is answered again. */
export function MoveAppointment({ appointmentId, wish }: MoveProps) {
  return (
    <WithAppointment appointmentId={appointmentId}>{(one) => <MoveForm appointment={one} wish={wish ?? 0} />}</WithAppointment>
  )
}

function MoveForm({ appointment, wish }: { appointment: Appointment; wish: number }) {
  const text = staffText()
  const clashes = useClash()
  const page = `/staff/people/${appointment.citizen_id}`
  const form = useForm<Slot>({
    key: `move:${appointment.id}:${wish}`,
    initial: () => startMove(appointment, appointment.wishes[wish - 1]),
    change: (values, name, value) => changeSlot(values, String(name), value),
    check: (values) => checkSlot(values, staffText()),
    send: async (values) => {
      const moved = await moveAppointment(appointment.id, appointment.revision, toMove(values))
      sayDone(staffText().appointments.now(sayWhen(moved.starts_at, language.value, new Date())))
      navigate(page, { replace: true })
    },
    explain: (error, values) => {
      if (clashes.note(error, values)) return { message: staffText().appointments.clash.summary }
      const words = { starts_at: startRefusal(values.date, values.time, new Date(), staffText()) }
      return explainChange(explain(error, staffText(), words), staffText())
    },
  })
  return (
    <section class="page">
      <PageHeading>{text.appointments.moveTitle(appointment.citizen_alias)}</PageHeading>
      <p>{text.appointments.now(sayWhen(appointment.starts_at, language.value, new Date()))}</p>
      <p class="quiet">{text.appointments.moveNote}</p>
      <FormFrame
        form={form}
        labels={slotLabels()}
        summary={text.problem.summary}
        submit={text.appointments.submitMove}
        cancel={{ href: page, label: text.cancel }}
      >
        <TimeFields form={form} />
        <ClashNotice clash={clashes.find(form.values)} form={form} />
        <PlaceFields form={form} />
      </FormFrame>
    </section>
  )
}
