import { entries, eraseCheckIn, isSeen, offer, type Entry } from '../../offline/checkin-store.ts'
import { records } from '../../offline/phone.ts'
import { checkinsText } from '../../text/checkins.ts'
import { Page } from '../../ui/Page.tsx'
import { EraseForGood } from '../EraseForGood.tsx'
import { OfferOne } from '../OfferOne.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { whenWritten } from '../written.ts'
import { numbersOf } from './words.ts'

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
        <a class="way-on" href="/lige-nu/kurver">
          {words.curves.heading}
        </a>
      </p>
      <SaidHere />
      {entry ? (
        <>
          <Words entry={entry} />
          <OfferOne seen={isSeen(entry)} words={words.entry} change={(given) => offer(entry.id, given)} />
          <EraseForGood words={words.entry} failed={words.days.notSaved} erase={() => eraseCheckIn(entry.id)} backTo="/lige-nu/kurver" />
        </>
      ) : (
        <p>{words.entry.gone}</p>
      )}
    </Page>
  )
}
