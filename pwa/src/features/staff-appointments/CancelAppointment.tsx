import { cancelAppointment, getAppointment, getCancellationReasons } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment, CancellationReasons } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { type Cancelling, checkCancelling, lateHours, startCancelling, toCancellation } from './cancelling'
import { explainChange } from './changed'
import { EndSeries } from './EndSeries'

interface Before {
  appointment: Appointment
  reasons: CancellationReasons
}

async function fetchBefore(appointmentId: string): Promise<Before> {
  const [appointment, reasons] = await Promise.all([getAppointment(appointmentId), getCancellationReasons()])
  return { appointment, reasons }
}

/** Cancels an appointment: who did, why, and whether it counts as late. */
export function CancelAppointment({ appointmentId }: { appointmentId: string }) {
  const text = staffText()
  const found = useResource(`cancel:${appointmentId}`, 0, () => fetchBefore(appointmentId))
  if (found.data) return <CancelForm before={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

function CancelForm({ before: { appointment, reasons } }: { before: Before }) {
  const text = staffText()
  const words = text.appointments
  const page = `/staff/people/${appointment.citizen_id}`
  const form = useForm<Cancelling>({
    key: `cancel:${appointment.id}`,
    initial: startCancelling,
    check: (values) => checkCancelling(values, staffText()),
    send: async (values) => {
      await cancelAppointment(appointment.id, appointment.revision, toCancellation(values))
      sayDone(staffText().appointments.cancelled)
      navigate(page, { replace: true })
    },
    explain: (error) => explainChange(explain(error, staffText(), { reason_text: words.lateWhyMissing }), staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{words.cancelTitle(appointment.citizen_alias)}</PageHeading>
      <p>{words.about(sayWhen(appointment.starts_at, language.value, new Date()))}</p>
      <FormFrame
        form={form}
        labels={{ cancellation: words.cancelWhy, reason_code: words.cancelCause, reason_text: words.lateWhy }}
        summary={text.problem.summary}
        submit={words.submitCancel}
        cancel={{ href: page, label: words.keep }}
      >
        <ChoiceGroup
          id="cancellation"
          label={words.cancelWhy}
          error={form.trouble.fields?.['cancellation']}
          options={(['by-citizen', 'by-service'] as const).map((who) => [who, words.cancelReasons[who]])}
          chosen={[form.values.cancellation]}
          onChange={([who]) => form.set('cancellation', who ?? '')}
        />
        <Cause form={form} reasons={reasons} />
        {form.values.cancellation === 'by-citizen' && <Late form={form} hours={lateHours(reasons, appointment.kind)} />}
      </FormFrame>
      {appointment.series_id && <EndSeries appointment={appointment} seriesId={appointment.series_id} />}
    </section>
  )
}

function Cause({ form, reasons }: { form: FormState<Cancelling>; reasons: CancellationReasons }) {
  const words = staffText().appointments
  const fitting = reasons.items.filter((one) => (one.cancellations as string[]).includes(form.values.cancellation))
  if (fitting.length === 0) return null
  return (
    <SelectField
      id="reason_code"
      label={words.cancelCause}
      hint={words.cancelCauseHint}
      error={form.trouble.fields?.['reason_code']}
      options={[['', words.chooseCause], ...fitting.map((one) => [one.code, one[language.value]] as const)]}
      value={fitting.some((one) => one.code === form.values.reason_code) ? form.values.reason_code : ''}
      onChange={(code) => form.set('reason_code', code)}
    />
  )
}

function Late({ form, hours }: { form: FormState<Cancelling>; hours: number }) {
  const words = staffText().appointments
  return (
    <>
      <ChoiceGroup
        id="late"
        label={words.late.label}
        hint={words.lateRule(hours)}
        error={form.trouble.fields?.['late']}
        options={(['rule', 'no', 'yes'] as const).map((each) => [each, words.late[each]])}
        chosen={[form.values.late]}
        onChange={([late]) => form.set('late', late ?? 'rule')}
      />
      {form.values.late !== 'rule' && (
        <TextField
          id="reason_text"
          label={words.lateWhy}
          error={form.trouble.fields?.['reason_text']}
          value={form.values.reason_text}
          inputAttributes={{ maxLength: 300 }}
          onInput={(value) => form.set('reason_text', value)}
        />
      )}
    </>
  )
}
