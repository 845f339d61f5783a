import { type MissedRow, sendMissedYou } from '../../api/staffMissed'
import type { Wish } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type MissedText, missedText } from '../../text/missed'
import { weekText } from '../../text/week'
import { Button } from '../../ui/Button'
import { sayNearWeekday, sayWhen } from '../../ui/days'
import { aboutMissed } from './about'
import { callFacts, type CallPlace, CallSteps } from './CallSteps'
import { appointmentWords } from './words'

/** One person to be called: what was missed, how long ago, who has it, and what can be done now. */
export function MissedEntry({ row, ...place }: CallPlace & { row: MissedRow }) {
  const words = missedText()
  return (
    <li class="missed-entry">
      <h4>
        <a href={`/staff/people/${row.citizen_id}`}>{row.citizen_alias}</a>
      </h4>
      <p>{appointmentWords(row.talk)}</p>
      <p class="row-quiet">
        {factsOf(row, place.ownId, words).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <Wishes row={row} />
      {row.next_appointment && <p>{words.next(sayWhen(row.next_appointment.starts_at, language.value, new Date()))}</p>}
      <CallSteps
        {...place}
        row={row}
        about={aboutMissed(new Date())}
        more={(busy, act) => <Message row={row} busy={busy} send={() => act(() => sendMissedYou(row), words.message.done)} />}
      />
    </li>
  )
}

function factsOf(row: MissedRow, ownId: string, words: MissedText): string[] {
  return [
    ...(row.talk.excused ? [words.excused] : []),
    ...(row.talk.late_no_at ? [weekText().lateNo] : []),
    words.waited(row.waiting_days),
    ...callFacts(row, ownId, words),
  ]
}

/** What the person has asked for, before the talk or since. */
function Wishes({ row: { talk } }: { row: MissedRow }) {
  const words = missedText()
  if (!talk.asks_again) return null
  return (
    <p>
      <strong>{words.asksAgain}</strong> {talk.wishes.map(wishWords).join(weekText().wish.or)}
      {talk.wish_note && <span class="own-words"> {talk.wish_note}</span>}
    </p>
  )
}

function wishWords(wish: Wish): string {
  const now = new Date()
  if ('starts_at' in wish) return sayWhen(wish.starts_at, language.value, now)
  return `${sayNearWeekday(wish.on, language.value, now)} ${missedText().dayPart[wish.day_part]}`
}

/** The one message that may be sent; where no way is agreed, that is said before somebody relies on it. */
function Message({ row, busy, send }: { row: MissedRow; busy: boolean; send: () => void }) {
  const { message, about } = missedText()
  if (row.messaged) return <span class="quiet">{message.sent}</span>
  if (!row.reachable && !row.other_way) return <span class="quiet">{message.unreachable}</span>
  const hint = `message-${row.id}`
  return (
    <span class="missed-message">
      <Button kind="quiet" busy={busy} describedBy={hint} onClick={send}>
        {message.send}
        <span class="visually-hidden">{about(row.citizen_alias)}</span>
      </Button>
      <span class="quiet" id={hint}>
        {row.reachable ? message.explain : row.other_way === 'sms' ? message.bySms : message.byEmail}
      </span>
    </span>
  )
}
