import { useSignal } from '@preact/signals'
import type { SharedThing, SharingPurpose, SharingRow } from '../../api/plan.ts'
import { planText } from '../../text/plan.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'
import { choiceOf, decide } from './sharing.ts'

/** What is asked, and what is said when it was answered. */
export interface ChoiceWords {
  title: string
  /** One paragraph a line. */
  means: string
  yes: string
  no: string
  changedOn: string
  changedOff: string
  needsNet: string
  /** Before the names of those whom a yes is about now. */
  readers: string
}

interface ChoiceProps {
  purpose: SharingPurpose
  thing: SharedThing
  words: ChoiceWords
}

function Readers({ row, who }: { row: SharingRow | null; who: string }) {
  const words = planText.value.sharing
  if (!row) return <p class="quiet">{words.readersLater}</p>
  const names = row.readers.map((reader) => reader.name ?? reader.unit_name).filter(Boolean)
  return (
    <p>
      {who}: {names.length > 0 ? names.join(', ') : words.noReaders}
    </p>
  )
}

function stateOf(given: boolean, row: SharingRow | null): string {
  const words = planText.value.sharing
  if (!given) return words.off
  if (!row?.given_at) return words.on
  const { date } = copenhagenWall(row.given_at)
  return words.onSince(describeDate(date, wallNow.value.date, text.value.when))
}

/** One yes or no, in plain words, and whom it is about. */
export function Choice({ purpose, thing, words }: ChoiceProps) {
  const { given, row } = choiceOf(purpose, thing)
  const said = useSignal('')
  const isBusy = useSignal(false)
  const id = `sharing-${thing}-${purpose}`
  const change = async () => {
    isBusy.value = true
    const isDone = await decide(purpose, !given, thing)
    isBusy.value = false
    said.value = isDone ? (given ? words.changedOff : words.changedOn) : words.needsNet
  }
  return (
    <Card heading={words.title}>
      {words.means.split('\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p class="state">{stateOf(given, row)}</p>
      {given && <Readers row={row} who={words.readers} />}
      <p role="status" class={said.value ? '' : 'said-nothing'}>
        {said.value}
      </p>
      <Button busy={isBusy.value} describedBy={id} onClick={() => void change()}>
        {given ? words.no : words.yes}
      </Button>
      <span id={id} hidden>
        {words.title}
      </span>
    </Card>
  )
}
