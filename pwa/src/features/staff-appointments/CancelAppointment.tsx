import { cancelAppointment, getAppointment, getCancellationReasons, strikeAppointment } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment, CancellationReasons } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { Cause, Late, WhoCancelled } from './CancelFields'
import { type Cancelling, checkCancelling, isStruck, lateHours, startCancelling, toCancellation } from './cancelling'
import { explainChange } from './changed'

interface Before {
  appointment: Appointment
  reasons: CancellationReasons
}

async function fetchBefore(appointmentId: string): Promise<Before> {
  const [appointment, reasons] = await Promise.all([getAppointment(appointmentId), getCancellationReasons()])
  return { appointment, reasons }
}

/** Cancels an appointment: who did, why, and whether it counts as late; or says that it was a mistake. */
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

async function send({ id, revision }: Appointment, values: Cancelling): Promise<string> {
  if (isStruck(values)) await strikeAppointment(id, revision)
  else await cancelAppointment(id, revision, toCancellation(values))
  const words = staffText().appointments
  return isStruck(values) ? words.struck : words.cancelled
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
      sayDone(await send(appointment, values))
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
        submit={isStruck(form.values) ? words.submitStrike : words.submitCancel}
        cancel={{ href: page, label: words.keep }}
      >
        <WhoCancelled form={form} options={['by-citizen', 'by-service', 'error']} />
        {isStruck(form.values) && <p class="form-note">{words.struckNote}</p>}
        <Cause form={form} reasons={reasons} />
        {form.values.cancellation === 'by-citizen' && <Late form={form} hours={lateHours(reasons, appointment.kind)} />}
      </FormFrame>
      {appointment.series_id && <ToSeries page={`${page}/appointments/${appointment.id}/end-series`} />}
    </section>
  )
}

function ToSeries({ page }: { page: string }) {
  const { series } = staffText().appointments
  return (
    <section aria-labelledby="series">
      <h2 id="series">{series.endHeading}</h2>
      <p>{series.endText}</p>
      <a class="way-out" href={page}>
        {series.end}
      </a>
    </section>
  )
}
