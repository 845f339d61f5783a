import { endSeries, getAppointment, getCancellationReasons, listAppointments } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment, CancellationReasons } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDay } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { Cause, WhoCancelled } from './CancelFields'
import { type Cancelling, checkCancelling, restOfSeries, startCancelling, toCancellation } from './cancelling'

interface Before {
  appointment: Appointment
  reasons: CancellationReasons
  rest: Appointment[]
}

async function fetchBefore(appointmentId: string): Promise<Before> {
  const [appointment, reasons] = await Promise.all([getAppointment(appointmentId), getCancellationReasons()])
  const all = await listAppointments(appointment.citizen_id)
  return { appointment, reasons, rest: restOfSeries(appointment, all, new Date()) }
}

/** Cancels this one and all that come after it in the series, after saying how many that is. */
export function EndSeries({ appointmentId }: { appointmentId: string }) {
  const text = staffText()
  const found = useResource(`series:${appointmentId}`, 0, () => fetchBefore(appointmentId))
  if (found.data) return <Question before={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

function Question({ before }: { before: Before }) {
  const { appointment, rest } = before
  const text = staffText()
  const { series } = text.appointments
  const page = `/staff/people/${appointment.citizen_id}`
  const last = rest[rest.length - 1]
  return (
    <section class="page">
      <PageHeading>{series.endTitle(appointment.citizen_alias)}</PageHeading>
      {last && appointment.series_id ? (
        <>
          <p>{series.endCount(rest.length, sayDay(last.starts_at, language.value, new Date()))}</p>
          <EndForm before={before} seriesId={appointment.series_id} page={page} />
        </>
      ) : (
        <>
          <p>{series.endNone}</p>
          <a class="way-out" href={page}>
            {text.back}
          </a>
        </>
      )}
    </section>
  )
}

function EndForm({ before: { appointment, reasons, rest }, seriesId, page }: { before: Before; seriesId: string; page: string }) {
  const text = staffText()
  const words = text.appointments
  const form = useForm<Cancelling>({
    key: `end-series:${appointment.id}`,
    initial: startCancelling,
    check: (values) => checkCancelling(values, staffText()),
    send: async (values) => {
      const { cancellation, reason_code } = toCancellation(values)
      const { items } = await endSeries(seriesId, { from: copenhagenWall(appointment.starts_at).date, cancellation, reason_code })
      sayDone(staffText().appointments.series.ended(items.length))
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <FormFrame
      form={form}
      labels={{ cancellation: words.cancelWhy, reason_code: words.cancelCause }}
      summary={text.problem.summary}
      submit={words.series.submitEnd(rest.length)}
      cancel={{ href: page, label: words.series.keep }}
    >
      <WhoCancelled form={form} options={['by-citizen', 'by-service']} />
      <Cause form={form} reasons={reasons} />
    </FormFrame>
  )
}
