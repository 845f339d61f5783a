import { cancelAppointment } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment, Cancellation } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { ChoiceGroup } from '../../ui/Choices'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainChange } from './changed'
import { WithAppointment } from './WithAppointment'

type Reason = Exclude<Cancellation, 'moved'>
const REASONS: readonly Reason[] = ['by-citizen', 'by-service', 'late']

/** Cancels an appointment, and says who did. */
export function CancelAppointment({ appointmentId }: { appointmentId: string }) {
  return <WithAppointment appointmentId={appointmentId}>{(one) => <CancelForm appointment={one} />}</WithAppointment>
}

function CancelForm({ appointment }: { appointment: Appointment }) {
  const text = staffText()
  const page = `/staff/people/${appointment.citizen_id}`
  const form = useForm({
    key: `cancel:${appointment.id}`,
    initial: () => ({ cancellation: '' }),
    check: ({ cancellation }): Record<string, string> =>
      cancellation ? {} : { cancellation: staffText().problem.required },
    send: async ({ cancellation }) => {
      await cancelAppointment(appointment.id, appointment.revision, cancellation as Reason)
      sayDone(staffText().appointments.cancelled)
      navigate(page, { replace: true })
    },
    explain: (error) => explainChange(explain(error, staffText()), staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.appointments.cancelTitle(appointment.citizen_alias)}</PageHeading>
      <p>{text.appointments.about(sayWhen(appointment.starts_at, language.value, new Date()))}</p>
      <FormFrame
        form={form}
        labels={{ cancellation: text.appointments.cancelWhy }}
        summary={text.problem.summary}
        submit={text.appointments.submitCancel}
        cancel={{ href: page, label: text.appointments.keep }}
      >
        <ChoiceGroup
          id="cancellation"
          label={text.appointments.cancelWhy}
          error={form.trouble.fields?.['cancellation']}
          options={REASONS.map((reason) => [reason, text.appointments.cancelReasons[reason]])}
          chosen={[form.values.cancellation]}
          onChange={([reason]) => form.set('cancellation', reason ?? '')}
        />
      </FormFrame>
    </section>
  )
}
