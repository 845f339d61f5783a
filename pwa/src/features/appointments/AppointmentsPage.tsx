import type { Appointment } from '../../api/citizen.ts'
import { records, repliesById, wholeLoad } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { divide } from './order.ts'
import { detailOf, stateOf, whenOf } from './words.ts'

function replyOf(appointment: Appointment): string | null {
  const words = text.value.reply
  const queued = repliesById.value.get(appointment.id)
  if (queued?.status === 'waiting') return `${words[queued.reply]} ${words.waiting}`
  const { reply } = appointment
  return reply === 'needs-action' ? null : words[reply]
}

function Item({ appointment }: { appointment: Appointment }) {
  const words = text.value
  const state = stateOf(appointment, instantNow.value, words)
  const isOff = appointment.status === 'cancelled'
  const reply = state === null ? replyOf(appointment) : null
  return (
    <li>
      <Card href={`/aftaler/${appointment.id}`} heading={whenOf(appointment, wallNow.value.date, words)} level={3}>
        <p>{detailOf(appointment, words)}</p>
        {isOff && <p class="state">{state}</p>}
        {reply && <p class="quiet">{reply}</p>}
      </Card>
    </li>
  )
}

function List({ heading, items, empty }: { heading: string; items: readonly Appointment[]; empty: string }) {
  return (
    <section>
      <h2>{heading}</h2>
      {items.length === 0 && <p>{empty}</p>}
      {items.length > 0 && (
        <ul class="plain-list">
          {items.map((appointment) => (
            <Item key={appointment.id} appointment={appointment} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Every appointment the phone knows. */
export function AppointmentsPage() {
  const words = text.value
  const { coming, earlier } = divide(records.value.appointments, instantNow.value)
  const noUpcoming = wholeLoad.value ? words.appointments.noUpcoming : words.home.loading
  return (
    <Page heading={words.appointments.heading}>
      <List heading={words.appointments.upcoming} items={coming} empty={noUpcoming} />
      {wholeLoad.value && <List heading={words.appointments.past} items={earlier} empty={words.appointments.noPast} />}
    </Page>
  )
}
