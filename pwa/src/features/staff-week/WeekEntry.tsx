import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayTime } from '../../ui/days'
import { hasBegun, isUnsaid } from './taps'

/** From when to when, on a Danish clock. */
export function sayBetween(from: string, to: string): string {
  const clock = (instant: string) => sayTime(copenhagenWall(instant).time, language.value)
  return weekText().between(clock(from), clock(to))
}

/** What stands out about an appointment, in a few words; most have nothing. */
export function noteWords(one: Appointment, now: Date): string[] {
  const [words, { status }] = [weekText(), staffText().appointments]
  const isAhead = one.status === 'booked' && !hasBegun(one, now)
  return [
    isUnsaid(one, now) && words.unsaid,
    one.status !== 'booked' && status[one.status],
    // What the person answered counts after the start, too: who had said no is cancelled, not missed.
    one.status === 'booked' && words.reply[one.reply],
    isAhead && (one.reminder === 'not-reached' || one.reminder === 'no-device') && words.notReached,
    one.late_no_at !== null && words.lateNo,
    one.override && (one.mine ? words.twice : words.twiceOther),
    one.overlaps.length > 0 && words.personTwice,
  ].filter((each): each is string => typeof each === 'string')
}

/** One appointment in the week: when, with whom, and what stands out. */
export function WeekEntry({ appointment }: { appointment: Appointment }) {
  const { kinds, modes } = staffText().appointments
  const { date } = copenhagenWall(appointment.starts_at)
  return (
    <li class={`week-entry week-${appointment.status}`}>
      <a href={`/staff/day/${date}#a-${appointment.id}`}>
        <span class="week-time">{sayBetween(appointment.starts_at, appointment.ends_at)}</span>{' '}
        <strong>{appointment.citizen_alias}</strong>
      </a>
      <span class="quiet">
        {kinds[appointment.kind]}, {modes[appointment.mode].toLowerCase()}
        {!appointment.mine && `, ${weekText().standingInFor(appointment.staff_name)}`}
      </span>
      {noteWords(appointment, new Date()).map((note) => (
        <span key={note} class="week-note">
          {note}
        </span>
      ))}
    </li>
  )
}
