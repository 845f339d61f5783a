import { useSignal } from '@preact/signals'
import { entries, eraseCheckIn, isSeen, offer, type Entry } from '../../offline/checkin-store.ts'
import { records } from '../../offline/phone.ts'
import { checkinsText } from '../../text/checkins.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { NobodyReads } from '../NobodyReads.tsx'
import { canTell, hasNobody } from '../readers.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { numbersOf, whenWritten } from './words.ts'

/** Who sees this one, and how to change it: at once or not at all. */
function OfferThis({ entry }: { entry: Entry }) {
  const words = checkinsText.value.entry
  const isBusy = useSignal(false)
  const seen = isSeen(entry)
  const change = async () => {
    isBusy.value = true
    const isDone = await offer(entry.id, !seen)
    isBusy.value = false
    say(isDone ? (seen ? words.changedOff : words.changedOn) : words.needsNet)
  }
  return (
    <>
      {!(seen && hasNobody()) && <p class="state">{words.seen[seen === 'sent' ? 'sent' : seen ? 'yes' : 'no']}</p>}
      {hasNobody() && <NobodyReads />}
      {(canTell() || (seen && hasNobody())) && (
        <p>
          <Button busy={isBusy.value} onClick={() => void change()}>
            {seen ? words.stop : words.share}
          </Button>
        </p>
      )}
    </>
  )
}

/** Takes it away for good, after one plain question. */
function EraseThis({ entry }: { entry: Entry }) {
  const words = checkinsText.value
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const erase = async () => {
    if (!(await eraseCheckIn(entry.id))) {
      close()
      return say(words.days.notSaved)
    }
    navigate('/lige-nu/kurver', true)
    say(words.entry.erased)
  }
  return (
    <>
      <Button onClick={() => (isAsking.value = true)}>{words.entry.erase}</Button>
      <Dialog open={isAsking.value} heading={words.entry.eraseHeading} onClose={close}>
        <p>{words.entry.eraseText}</p>
        <div class="button-row">
          <Button onClick={() => void erase()}>{words.entry.eraseYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.entry.eraseNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Words({ entry }: { entry: Entry }) {
  const goal = records.value.goals.find((each) => each.id === entry.goal_id)
  return (
    <>
      <p class="when">{whenWritten(entry.at)}</p>
      <p>{numbersOf(entry)}</p>
      {entry.line && <p class="own-words">{entry.line}</p>}
      {goal && (
        <p>
          <a href={`/maal/${goal.id}`}>{checkinsText.value.entry.toGoal(goal.title)}</a>
        </p>
      )}
    </>
  )
}

/** One check-in: what was written, who sees it, and the way to delete it. */
export function EntryPage({ id }: { id: string }) {
  const words = checkinsText.value
  const entry = entries.value.find((each) => each.id === id)
  return (
    <Page heading={words.entry.heading}>
      <p>
        <a href="/lige-nu/kurver">{words.curves.heading}</a>
      </p>
      <SaidHere />
      {entry ? (
        <>
          <Words entry={entry} />
          <OfferThis entry={entry} />
          <EraseThis entry={entry} />
        </>
      ) : (
        <p>{words.entry.gone}</p>
      )}
    </Page>
  )
}
