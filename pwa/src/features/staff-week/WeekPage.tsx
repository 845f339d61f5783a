import type { ComponentChildren } from 'preact'
import { listDiary, written } from '../../api/staffDiary'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { sheetsText } from '../../text/sheets'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDate, sayWeekday, sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { byDay, daysFrom, isDate, mondayOf, plusDays, spanOf, weekNumber } from './days'
import { toAnswer } from './taps'
import { WeekEntry } from './WeekEntry'
import { wishWords } from './Wishes'

const WORKING_DAYS = 5

/** Fetches the appointments of some days, one's own and those one stands in for, and shows them when they are here. */
export function Diary(props: { first: string; count: number; children: (found: readonly Appointment[]) => ComponentChildren }) {
  const { first, count } = props
  const text = staffText()
  const found = useResource(`diary:${first}:${count}`, written.value, () => listDiary(spanOf(first, count)))
  if (found.data) return <>{props.children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

/** A page whose address names a date that does not exist. */
export function WrongDate() {
  const words = weekText()
  return (
    <section class="page">
      <PageHeading>{words.nav}</PageHeading>
      <p>{words.wrongDate}</p>
      <a class="way-out" href="/staff/week">{words.thisWeek}</a>
    </section>
  )
}

/** The week, one's own and of those one stands in for: each day with its appointments, in the order in which they begin. */
export function WeekPage({ date }: { date: string | null }) {
  const words = weekText()
  const today = copenhagenWall(new Date()).date
  if (date !== null && !isDate(date)) return <WrongDate />
  const monday = mondayOf(date ?? today)
  const now = new Date()
  return (
    <section class="page week-page">
      <PageHeading>{words.week(weekNumber(monday))}</PageHeading>
      <p class="quiet">{words.span(sayDate(monday, language.value, now), sayDate(plusDays(monday, 6), language.value, now))}</p>
      <p class="links week-turn no-print">
        <a href={`/staff/week/${plusDays(monday, -7)}`}>{words.before}</a>
        {monday !== mondayOf(today) && <a href="/staff/week">{words.thisWeek}</a>}
        <a href={`/staff/week/${plusDays(monday, 7)}`}>{words.after}</a>
      </p>
      <Diary first={monday} count={7}>
        {(found) => <Days monday={monday} found={found} today={today} />}
      </Diary>
      <p class="no-print">
        <a href="/staff/calendar">{sheetsText().title}</a>
      </p>
    </section>
  )
}

function Days({ monday, found, today }: { monday: string; found: readonly Appointment[]; today: string }) {
  const words = weekText()
  const standing = found.filter((one) => one.status !== 'cancelled')
  const all = byDay(standing, daysFrom(monday, 7))
  const isShown = ([, rows]: [string, Appointment[]], place: number) => place < WORKING_DAYS || rows.length > 0
  const shown = [...all].filter(isShown)
  return (
    <>
      {standing.length === 0 && <p class="empty">{words.nothingThisWeek}</p>}
      <ToAnswer found={standing} />
      <ol class="week" role="list" style={{ '--days': shown.length }}>
        {shown.map(([date, rows]) => (
          <Day key={date} date={date} rows={rows} isToday={date === today} />
        ))}
      </ol>
    </>
  )
}

/** Who cannot come, or would rather come at another time: what the week asks of somebody first. */
function ToAnswer({ found }: { found: readonly Appointment[] }) {
  const words = weekText()
  const now = new Date()
  const asking = toAnswer(found, now)
  if (asking.length === 0) return null
  return (
    <section aria-labelledby="to-answer" class="week-asking no-print">
      <h2 id="to-answer">{words.toAnswer}</h2>
      <ul role="list">
        {asking.map((one) => (
          <li key={one.id}>
            <a href={`/staff/day/${copenhagenWall(one.starts_at).date}#a-${one.id}`}>
              {one.citizen_alias}, {sayWhen(one.starts_at, language.value, now)}
            </a>{' '}
            {words.reply[one.reply]}
            {one.wishes.length > 0 && `: ${one.wishes.map(wishWords).join(words.wish.or)}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Day({ date, rows, isToday }: { date: string; rows: readonly Appointment[]; isToday: boolean }) {
  const words = weekText()
  const name = sayWeekday(date, language.value, new Date())
  return (
    <li class={isToday ? 'week-day week-today' : 'week-day'}>
      <h2>
        <a href={`/staff/day/${date}`} aria-current={isToday ? 'date' : undefined}>
          {name}
        </a>
      </h2>
      {rows.length === 0 && <p class="quiet">{words.nothing}</p>}
      <ul role="list">
        {rows.map((one) => (
          <WeekEntry key={one.id} appointment={one} />
        ))}
      </ul>
    </li>
  )
}
