import { useState } from 'preact/hooks'
import { type Call, type MissedRow, sendMissedYou, takeTask } from '../../api/staffMissed'
import { explain } from '../../api/staffProblems'
import type { Wish } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type MissedText, missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { Button } from '../../ui/Button'
import { sayDay, sayNearDate, sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { Notice } from '../../ui/Notice'
import { explainCall } from './explain'
import { OutcomeForm } from './OutcomeForm'

interface EntryProps {
  row: MissedRow
  ownId: string
  isOpen: boolean
  onOpen: (wanted: boolean) => void
  reload: () => void
}

/** One person to be called: what was missed, how long ago, who has it, and what can be done now. */
export function MissedEntry(props: EntryProps) {
  const { row } = props
  const words = missedText()
  return (
    <li class="missed-entry">
      <h3>
        <a href={`/staff/people/${row.citizen_id}`}>{row.citizen_alias}</a>
      </h3>
      <p>{talkWords(row, words)}</p>
      <p class="row-quiet">
        {factsOf(row, props.ownId, words).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <Wishes row={row} />
      {row.next_appointment && <p>{words.next(sayWhen(row.next_appointment.starts_at, language.value, new Date()))}</p>}
      {row.mine ? <Steps {...props} /> : <Nobody row={row} />}
    </li>
  )
}

function talkWords(row: MissedRow, words: MissedText): string {
  const { kinds } = staffText().appointments
  const what = row.talk.kind ? kinds[row.talk.kind] : words.anyTalk
  return words.talk(what, sayWhen(row.talk.starts_at, language.value, new Date()), row.talk.staff_name)
}

function factsOf(row: MissedRow, ownId: string, words: MissedText): string[] {
  const owner = row.owner === null ? words.ownerNone : row.owner.id === ownId ? words.ownerMe : words.owner(row.owner.name)
  return [
    ...(row.talk.excused ? [words.excused] : []),
    ...(row.talk.late_no_at ? [weekText().lateNo] : []),
    words.waited(row.waiting_days),
    words.tries(row.tries),
    words.due(sayNearDate(row.due_on, language.value, new Date())),
    owner,
  ]
}

/** What the person has asked for, before the talk or since. */
function Wishes({ row: { talk } }: { row: MissedRow }) {
  const words = missedText()
  if (!talk.asks_again) return null
  return (
    <p>
      <strong>{words.asksAgain}</strong> {talk.wishes.map(wishWords).join(', ')}
      {talk.wish_note && <span class="own-words"> {talk.wish_note}</span>}
    </p>
  )
}

function wishWords(wish: Wish): string {
  const now = new Date()
  if ('starts_at' in wish) return sayWhen(wish.starts_at, language.value, now)
  return `${sayNearDate(wish.on, language.value, now)} ${missedText().dayPart[wish.day_part]}`
}

function Nobody({ row }: { row: MissedRow }) {
  const words = missedText()
  return (
    <>
      <p>{words.nobody}</p>
      <a class="way-out" href={`/staff/people/${row.citizen_id}/relations/new`}>
        {words.giveAccess}
        <span class="visually-hidden">{words.about(row.citizen_alias)}</span>
      </a>
    </>
  )
}

function Steps({ row, ownId, isOpen, onOpen, reload }: EntryProps) {
  const words = missedText()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>()
  const act = (step: () => Promise<unknown>, done: string) => {
    setBusy(true)
    setTrouble(undefined)
    step()
      .then(
        () => sayDone(done),
        (error: unknown) => {
          setTrouble(explainCall(explain(error, staffText()), error).message)
          reload()
        },
      )
      .finally(() => setBusy(false))
  }
  const about = <span class="visually-hidden">{words.about(row.citizen_alias)}</span>
  return (
    <>
      <Calls calls={row.calls} />
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      <div class="missed-steps">
        <button
          type="button"
          class="button button-secondary"
          aria-expanded={isOpen ? 'true' : 'false'}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? words.close : words.open}
          {about}
        </button>
        {row.owner?.id !== ownId && (
          <Button kind="quiet" busy={busy} onClick={() => act(() => takeTask(row), words.taken)}>
            {words.take}
            {about}
          </Button>
        )}
        <Message row={row} busy={busy} send={() => act(() => sendMissedYou(row), words.message.done)} />
      </div>
      {isOpen && <OutcomeForm row={row} onDone={() => onOpen(false)} reload={reload} />}
    </>
  )
}

/** The one message that may be sent; where no phone can get it, that is said before somebody relies on it. */
function Message({ row, busy, send }: { row: MissedRow; busy: boolean; send: () => void }) {
  const { message, about } = missedText()
  if (row.messaged) return <span class="quiet">{message.sent}</span>
  if (!row.reachable) return <span class="quiet">{message.unreachable}</span>
  const hint = `message-${row.id}`
  return (
    <span class="missed-message">
      <Button kind="quiet" busy={busy} describedBy={hint} onClick={send}>
        {message.send}
        <span class="visually-hidden">{about(row.citizen_alias)}</span>
      </Button>
      <span class="quiet" id={hint}>
        {message.explain}
      </span>
    </span>
  )
}

function Calls({ calls }: { calls: readonly Call[] }) {
  const words = missedText()
  if (calls.length === 0) return null
  return (
    <details class="more">
      <summary>{words.history}</summary>
      <ul role="list" class="missed-calls">
        {calls.map((call) => (
          <li key={call.at}>
            <span class="quiet">
              {sayDay(call.at, language.value, new Date())}, {call.by}
            </span>
            <span>
              {call.next_on ? words.saidDay(sayNearDate(call.next_on, language.value, new Date())) : words.said[call.outcome]}
              {call.reason && `: ${words.reasons[call.reason]}`}
            </span>
            {call.note && <span class="own-words">{call.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
