import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type Call, type CallRow, takeTask } from '../../api/staffMissed'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { type MissedText, missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { sayDay, sayNearDate } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { Notice } from '../../ui/Notice'
import type { About } from './about'
import { explainCall, sayIfOffTheList } from './explain'
import { OutcomeForm } from './OutcomeForm'

export interface CallPlace {
  ownId: string
  /** Whether what came of this call is being written down. */
  isOpen: boolean
  onOpen: (wanted: boolean) => void
  /** Fetches the list anew; the answer is what stands on it now. */
  reload: () => Promise<readonly CallRow[] | undefined>
}

interface StepsProps extends CallPlace {
  row: CallRow
  about: About
  /** One more thing that can be done; it is given how to do it. */
  more?: (busy: boolean, act: Act) => ComponentChildren
}

export type Act = (step: () => Promise<unknown>, done: string) => void

/** How often somebody has called, when it is to be done, and who has it. */
export function callFacts(row: CallRow, ownId: string, words: MissedText): string[] {
  const owner = row.owner === null ? words.ownerNone : row.owner.id === ownId ? words.ownerMe : words.owner(row.owner.name)
  return [words.tries(row.tries), words.due(sayNearDate(row.due_on, language.value, new Date())), owner]
}

/** What can be done about a call now; for a manager, how to let somebody do it. */
export function CallSteps(props: StepsProps) {
  return props.row.mine ? <Steps {...props} /> : <Nobody row={props.row} />
}

function Nobody({ row }: { row: CallRow }) {
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

function Steps({ row, about, more, ownId, isOpen, onOpen, reload }: StepsProps) {
  const words = missedText()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>()
  const act: Act = (step, done) => {
    setBusy(true)
    setTrouble(undefined)
    step()
      .then(
        () => sayDone(done),
        async (error: unknown) => {
          sayIfOffTheList(row, await reload())
          setTrouble(explainCall(explain(error, staffText()), error).message)
        },
      )
      .finally(() => setBusy(false))
  }
  const whom = <span class="visually-hidden">{words.about(row.citizen_alias)}</span>
  return (
    <>
      <Calls calls={row.calls} about={about} />
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
          {whom}
        </button>
        {row.owner?.id !== ownId && (
          <Button kind="quiet" busy={busy} onClick={() => act(() => takeTask(row), words.taken)}>
            {words.take}
            {whom}
          </Button>
        )}
        {more?.(busy, act)}
      </div>
      {isOpen && <OutcomeForm row={row} about={about} onDone={() => onOpen(false)} reload={reload} />}
    </>
  )
}

function Calls({ calls, about }: { calls: readonly Call[]; about: About }) {
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
              {call.next_on ? about.saidDay(sayNearDate(call.next_on, language.value, new Date())) : about.said[call.outcome]}
              {call.reason && `: ${words.reasons[call.reason]}`}
            </span>
            {call.note && <span class="own-words">{call.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
