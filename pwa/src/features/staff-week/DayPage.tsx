import { useLayoutEffect } from 'preact/hooks'
import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { weekText } from '../../text/week'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayWeekday } from '../../ui/days'
import { PageHeading } from '../../ui/PageHeading'
import { DayEntry } from './DayEntry'
import { isDate, mondayOf, plusDays } from './days'
import { type Gap, gapsOf } from './gaps'
import { sayBetween } from './WeekEntry'
import { Diary, WrongDate } from './WeekPage'

/** One day of one's own appointments and those one stands in for, with what is free between the own, and one tap for how each went. */
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
  const takesTime = standing.filter((one) => one.mine && one.status !== 'noshow' && one.status !== 'entered-in-error')
  const entries: Entry[] = [
    ...standing.map((appointment) => ({ at: Date.parse(appointment.starts_at), appointment })),
    ...(standing.length > 0 ? gapsOf(date, takesTime, now) : []).map((gap) => ({ at: Date.parse(gap.from), gap })),
  ].sort((one, other) => one.at - other.at)
  useLayoutEffect(() => {
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
