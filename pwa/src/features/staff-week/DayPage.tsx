import { useEffect } from 'preact/hooks'
import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayWeekday } from '../../ui/days'
import { PageHeading } from '../../ui/PageHeading'
import { isDate, mondayOf, plusDays } from './days'
import { type Gap, gapsOf } from './gaps'
import { Outcome } from './Outcome'
import { hasBegun } from './taps'
import { noteWords, sayBetween } from './WeekEntry'
import { Diary, WrongDate } from './WeekPage'
import { Wishes } from './Wishes'

/** One day of a colleague's own appointments, with what is free between them, and one tap for how each went. */
export function DayPage({ date: given }: { date: string | null }) {
  const words = weekText()
  const today = copenhagenWall(new Date()).date
  if (given !== null && !isDate(given)) return <WrongDate />
  const date = given ?? today
  return (
    <section class="page day-page">
      <PageHeading>{sayWeekday(date, language.value, new Date())}</PageHeading>
      <p class="links week-turn no-print">
        <a href={`/staff/day/${plusDays(date, -1)}`}>{words.dayBefore}</a>
        {date !== today && <a href="/staff/day">{words.today}</a>}
        <a href={`/staff/day/${plusDays(date, 1)}`}>{words.dayAfter}</a>
        <a href={`/staff/week/${mondayOf(date)}`}>{words.toWeek}</a>
      </p>
      <Diary first={date} count={1}>
        {(found) => <Entries date={date} found={found} />}
      </Diary>
    </section>
  )
}

type Entry = { at: number; gap: Gap } | { at: number; appointment: Appointment }

function Entries({ date, found }: { date: string; found: readonly Appointment[] }) {
  const words = weekText()
  const now = new Date()
  const standing = found.filter((one) => one.status !== 'cancelled')
  const takesTime = standing.filter((one) => one.status !== 'noshow' && one.status !== 'entered-in-error')
  const entries: Entry[] = [
    ...standing.map((appointment) => ({ at: Date.parse(appointment.starts_at), appointment })),
    ...(standing.length > 0 ? gapsOf(date, takesTime, now) : []).map((gap) => ({ at: Date.parse(gap.from), gap })),
  ].sort((one, other) => one.at - other.at)
  useEffect(() => {
    const wanted = location.hash.slice(1)
    if (wanted) document.getElementById(wanted)?.scrollIntoView({ block: 'center' })
  }, [])
  if (standing.length === 0) return <p class="empty">{words.nothing}</p>
  return (
    <ol class="appointments day" role="list">
      {entries.map((entry) =>
        'gap' in entry ? <Free key={entry.gap.from} gap={entry.gap} /> : <DayEntry key={entry.appointment.id} one={entry.appointment} />,
      )}
    </ol>
  )
}

function Free({ gap }: { gap: Gap }) {
  const [from, to] = sayBetween(gap.from, gap.to).split('-')
  return <li class="day-free quiet">{weekText().free(from ?? '', to ?? '')}</li>
}

function DayEntry({ one }: { one: Appointment }) {
  const { kinds, modes, move, cancel } = staffText().appointments
  const base = `/staff/people/${one.citizen_id}/appointments/${one.id}`
  const where = one.place ? `${modes[one.mode]}, ${one.place}` : modes[one.mode]
  return (
    <li class="appointment" id={`a-${one.id}`}>
      <p class="appointment-when">
        {sayBetween(one.starts_at, one.ends_at)} <a href={`/staff/people/${one.citizen_id}`}>{one.citizen_alias}</a>
      </p>
      <p>
        {kinds[one.kind]} · {where}
      </p>
      {noteWords(one, new Date()).map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
      <Wishes appointment={one} />
      <Outcome appointment={one} />
      {one.status === 'booked' && (
        <p class="links">
          {!hasBegun(one, new Date()) && (
            <a href={`${base}/move`}>
              {move}
              <span class="visually-hidden">: {one.citizen_alias}</span>
            </a>
          )}
          <a href={`${base}/cancel`}>
            {cancel}
            <span class="visually-hidden">: {one.citizen_alias}</span>
          </a>
        </p>
      )}
    </li>
  )
}
