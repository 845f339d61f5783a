import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SharingPurpose, SharingRow } from '../../api/plan.ts'
import { standing } from '../../offline/phone.ts'
import { planText } from '../../text/plan.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { GoalTitles } from './GoalTitles.tsx'
import { Reads } from './Reads.tsx'
import { ask, choiceOf, decide, PURPOSES } from './sharing.ts'

function Readers({ row }: { row: SharingRow | null }) {
  const words = planText.value.sharing
  if (!row) return <p class="quiet">{words.readersLater}</p>
  const names = row.readers.map((reader) => reader.name ?? reader.unit_name).filter(Boolean)
  return (
    <p>
      {words.readers}: {names.length > 0 ? names.join(', ') : words.noReaders}
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
function Choice({ purpose }: { purpose: SharingPurpose }) {
  const words = planText.value.sharing
  const { title, means } = words.purpose[purpose]
  const { given, row } = choiceOf(purpose)
  const said = useSignal('')
  const isBusy = useSignal(false)
  const change = async () => {
    isBusy.value = true
    const isDone = await decide(purpose, !given)
    isBusy.value = false
    said.value = isDone ? (given ? words.changedOff : words.changedOn) : words.needsNet
  }
  return (
    <Card heading={title}>
      <p>{means}</p>
      <p class="state">{stateOf(given, row)}</p>
      {given && <Readers row={row} />}
      <p role="status" class={said.value ? '' : 'said-nothing'}>
        {said.value}
      </p>
      <Button busy={isBusy.value} describedBy={`sharing-${purpose}`} onClick={() => void change()}>
        {given ? words.no : words.yes}
      </Button>
      <span id={`sharing-${purpose}`} hidden>
        {title}
      </span>
    </Card>
  )
}

function Choices() {
  useEffect(() => void ask(), [])
  return (
    <>
      {PURPOSES.map((purpose) => (
        <Choice key={purpose} purpose={purpose} />
      ))}
      <p class="quiet">{planText.value.sharing.withdrawn}</p>
      <GoalTitles />
      <Reads />
    </>
  )
}

/** Who may read the plan, who can now, and who has. */
export function SharingPage() {
  const words = planText.value
  const isPaired = standing.value === 'paired'
  return (
    <Page heading={words.sharing.heading}>
      <p>
        <a href="/min-plan">{words.toPlan}</a>
      </p>
      <p>{isPaired ? words.sharing.intro : words.sharing.unpaired}</p>
      {isPaired && <Choices />}
    </Page>
  )
}
