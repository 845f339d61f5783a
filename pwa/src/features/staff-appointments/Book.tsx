import { book, bookSeries, getCitizen, listAppointments, listGoals } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Appointment, Citizen, Goal } from '../../api/staffTypes'
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
import { changeSlot, checkSlot, type Slot, startBooking, toBooking, toSeries, usualKind } from './booking'
import { ClashNotice, useClash } from './Clash'
import { SeriesFields } from './SeriesFields'
import { PlaceFields, PurposeFields, slotLabels, TimeFields } from './SlotFields'
import { startRefusal } from './times'

interface Before {
  citizen: Citizen
  appointments: Appointment[]
  goals: Goal[]
}

async function fetchBefore(citizenId: string): Promise<Before> {
  const [citizen, appointments, goals] = await Promise.all([
    getCitizen(citizenId),
    listAppointments(citizenId),
    listGoals(citizenId),
  ])
  return { citizen, appointments, goals: goals.filter((goal) => !['completed', 'cancelled'].includes(goal.status)) }
}

/** Books an appointment with a person. */
export function Book({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const found = useResource(`booking:${citizenId}`, 0, () => fetchBefore(citizenId))
  if (found.data) return <BookForm before={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

async function send(citizenId: string, values: Slot): Promise<string> {
  const words = staffText().appointments
  const say = (instant: string) => sayWhen(instant, language.value, new Date())
  if (!values.repeat) return words.booked(say((await book(citizenId, toBooking(values))).starts_at))
  const { items } = await bookSeries(citizenId, toSeries(values))
  return words.series.booked(items.length, say(items[0]?.starts_at ?? ''))
}

function BookForm({ before }: { before: Before }) {
  const text = staffText()
  const clashes = useClash()
  const { citizen } = before
  const page = `/staff/people/${citizen.id}`
  const form = useForm<Slot>({
    key: `book:${citizen.id}`,
    initial: () => startBooking(usualKind(before.appointments)),
    change: (values, name, value) => changeSlot(values, String(name), value),
    check: (values) => checkSlot(values, staffText()),
    send: async (values) => {
      sayDone(await send(citizen.id, values))
      navigate(page, { replace: true })
    },
    explain: (error, values) => {
      if (clashes.note(error, values)) return { message: staffText().appointments.clash.summary }
      const words = { starts_at: startRefusal(values.date, values.time, new Date(), staffText()), skip: staffText().appointments.clash.skipWrong }
      return explain(error, staffText(), words)
    },
  })
  return (
    <section class="page">
      <PageHeading>{text.appointments.bookTitle(citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={slotLabels()}
        summary={text.problem.summary}
        submit={text.appointments.submitBook}
        cancel={{ href: page, label: text.cancel }}
      >
        <TimeFields form={form} />
        <ClashNotice clash={clashes.find(form.values)} form={form} />
        <SeriesFields form={form} />
        <PurposeFields form={form} goals={before.goals} />
        <PlaceFields form={form} />
      </FormFrame>
    </section>
  )
}
