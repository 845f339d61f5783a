import { book, getCitizen, listAppointments, listGoals } from '../../api/staff'
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
import { checkSlot, type Slot, startBooking, toBooking, usualKind } from './booking'
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

function BookForm({ before }: { before: Before }) {
  const text = staffText()
  const { citizen } = before
  const page = `/staff/people/${citizen.id}`
  const form = useForm<Slot>({
    key: `book:${citizen.id}`,
    initial: () => startBooking(usualKind(before.appointments)),
    check: (values) => checkSlot(values, staffText()),
    send: async (values) => {
      const made = await book(citizen.id, toBooking(values))
      sayDone(staffText().appointments.booked(sayWhen(made.starts_at, language.value, new Date())))
      navigate(page, { replace: true })
    },
    explain: (error, { date, time }) => {
      return explain(error, staffText(), { starts_at: startRefusal(date, time, new Date(), staffText()) })
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
        <PurposeFields form={form} goals={before.goals} />
        <PlaceFields form={form} />
      </FormFrame>
    </section>
  )
}
