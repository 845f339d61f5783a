import { useSignal } from '@preact/signals'
import { entries, type Entry } from '../../offline/checkin-store.ts'
import { checkinsText } from '../../text/checkins.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { SaidHere } from '../SaidHere.tsx'
import { CurvePlace } from './CurvePlace.tsx'
import { lookBack } from './series.ts'
import { whenWritten } from '../written.ts'
import { numbersOf } from './words.ts'

const AT_ONCE = 20
const IN_CURVE = 400

function Written({ entry }: { entry: Entry }) {
  return (
    <li>
      <a class="row-link" href={`/lige-nu/${entry.id}`}>
        {whenWritten(entry.at)}
      </a>
      <p class="quiet">{numbersOf(entry)}</p>
      {entry.line && <p class="own-words">{entry.line}</p>}
    </li>
  )
}

/** What it was like about four months ago, in the person's own numbers and words. Nothing is compared. */
function LookBack({ all }: { all: readonly Entry[] }) {
  const words = checkinsText.value.curves
  const found = lookBack(all, wallNow.value.date)
  if (found.length === 0) return null
  return (
    <Card heading={words.back}>
      <p>{words.backText}</p>
      <ul class="plain-list">
        {found.map((entry) => (
          <Written key={entry.id} entry={entry} />
        ))}
      </ul>
    </Card>
  )
}

function Table({ all }: { all: readonly Entry[] }) {
  const words = checkinsText.value
  const say = (value: number | null) => value ?? words.curves.unsaid
  return (
    <details class="more-of-it">
      <summary>{words.curves.table}</summary>
      <table class="check-in-table">
        <thead>
          <tr>
            <th scope="col">{words.curves.when}</th>
            <th scope="col">{words.mood}</th>
            <th scope="col">{words.urge}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((entry) => (
            <tr key={entry.id}>
              <th scope="row">{whenWritten(entry.at)}</th>
              <td>{say(entry.mood)}</td>
              <td>{say(entry.urge)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function All() {
  const words = checkinsText.value
  const all = entries.value
  const shown = useSignal(AT_ONCE)
  const drawn = all.slice(0, IN_CURVE)
  return (
    <>
      <CurvePlace points={drawn} words={{ ...words.curves, mood: words.mood, urge: words.urge }} locale={text.value.when.locale} />
      <Table all={drawn} />
      <LookBack all={all} />
      <h2>{words.curves.list}</h2>
      <ul class="plain-list">
        {all.slice(0, shown.value).map((entry) => (
          <Written key={entry.id} entry={entry} />
        ))}
      </ul>
      {all.length > shown.value && <Button onClick={() => (shown.value += AT_ONCE)}>{words.curves.older}</Button>}
    </>
  )
}

/** How it has been: a curve, the same as a table, a look back, and everything that was written. */
export function CurvesPage() {
  const words = checkinsText.value
  return (
    <Page heading={words.curves.heading}>
      <p>
        <a class="way-on" href="/lige-nu">
          {words.toNew}
        </a>
      </p>
      <SaidHere />
      {entries.value.length === 0 ? <p>{words.curves.none}</p> : <All />}
    </Page>
  )
}
