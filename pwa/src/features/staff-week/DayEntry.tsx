import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { sayDay } from '../../ui/days'
import { Outcome } from './Outcome'
import { hasBegun } from './taps'
import { noteWords, sayBetween } from './WeekEntry'
import { Wishes } from './Wishes'

/** One appointment with everything that can be done about it; `withDay` on the page that asks how it went. */
export function DayEntry({ one, withDay = false }: { one: Appointment; withDay?: boolean }) {
  const { kinds, modes } = staffText().appointments
  const words = weekText()
  // The heading of the page, or of the wishes, says the same.
  const notes = noteWords(one, new Date()).filter((note) => note !== words.wish.heading && !(withDay && note === words.unsaid))
  const span = sayBetween(one.starts_at, one.ends_at)
  const where = one.place ? `${modes[one.mode]}, ${one.place}` : modes[one.mode]
  return (
    <li class="appointment" id={`a-${one.id}`}>
      <p class="appointment-when">
        {withDay ? words.onDay(sayDay(one.starts_at, language.value, new Date()), span) : span} <a href={`/staff/people/${one.citizen_id}`}>{one.citizen_alias}</a>
      </p>
      <p>
        {kinds[one.kind]} · {where}
        {!one.mine && ` · ${words.standingInFor(one.staff_name)}`}
      </p>
      {notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
      <Wishes appointment={one} />
      <Outcome appointment={one} />
      {one.status === 'booked' && <Links one={one} />}
    </li>
  )
}

function Links({ one }: { one: Appointment }) {
  const { move, cancel } = staffText().appointments
  const base = `/staff/people/${one.citizen_id}/appointments/${one.id}`
  const link = (path: string, label: string) => (
    <a href={`${base}/${path}`}>
      {label}
      <span class="visually-hidden">: {one.citizen_alias}</span>
    </a>
  )
  return (
    <p class="links">
      {!hasBegun(one, new Date()) && link('move', move)}
      {link('cancel', cancel)}
    </p>
  )
}
