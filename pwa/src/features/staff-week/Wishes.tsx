import type { Appointment, Wish } from '../../api/staffTypes'
import { language } from '../../text/language'
import { weekText } from '../../text/week'
import { sayNearWeekday, sayWhen } from '../../ui/days'
import { hasBegun } from './taps'

/** A wish in words: a moment, or a part of a day. */
export function wishWords(wish: Wish): string {
  const { wish: words } = weekText()
  const now = new Date()
  if ('starts_at' in wish) return words.at(sayWhen(wish.starts_at, language.value, now))
  return words.part(sayNearWeekday(wish.on, language.value, now), words.parts[wish.day_part])
}

/** What the person asked for instead of this time; a tap on one begins the move there, until the time itself begins. */
export function Wishes({ appointment }: { appointment: Appointment }) {
  const { wish: words } = weekText()
  const { wishes } = appointment
  if (appointment.status !== 'booked' || appointment.reply !== 'tentative') return null
  const canMove = !hasBegun(appointment, new Date())
  const move = `/staff/people/${appointment.citizen_id}/appointments/${appointment.id}/move`
  return (
    <div class="wishes">
      <p>
        <strong>{words.heading}</strong>
      </p>
      {wishes.length > 0 && (
        <ul>
          {wishes.map((wish, place) => (
            <li key={wishWords(wish)}>
              {canMove ? (
                <a href={`${move}/${place + 1}`}>
                  {wishWords(wish)}
                  <span class="visually-hidden">: {words.move}</span>
                </a>
              ) : (
                wishWords(wish)
              )}
            </li>
          ))}
        </ul>
      )}
      {appointment.wish_note && (
        <p>
          <span class="quiet">{words.note}</span> {appointment.wish_note}
        </p>
      )}
    </div>
  )
}
