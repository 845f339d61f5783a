import { isSeen, offer, results, type Result } from '../../offline/measure-store.ts'
import { language } from '../../text/language.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Page } from '../../ui/Page.tsx'
import { EraseForGood } from '../EraseForGood.tsx'
import { OfferOne } from '../OfferOne.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { whenWritten } from '../written.ts'
import { CallQuestion } from './CallQuestion.tsx'
import { definitionOf, titleOf } from './definitions.ts'
import { erase } from './doing.ts'
import { RefusedHere } from './RefusedHere.tsx'

/** "Ugen før: 3 dage, den sidste uge: ved ikke". */
function weeksOf(weeks: readonly (number | null)[]): string {
  const words = questionnairesText.value.grid
  return weeks.map((count, week) => `${words.week(week)}: ${count === null ? words.open.toLowerCase() : words.days(count)}`).join(' · ')
}

function Answers({ result }: { result: Result }) {
  const words = questionnairesText.value.entry
  const definition = definitionOf(result.code)
  const own = definition?.words[language.value]
  const said = (item: string, value: number): string => {
    const asked = definition?.items.find((each) => each.id === item)
    const answer = Object.entries(asked?.values ?? {}).find(([, number]) => number === value)?.[0]
    return (asked && answer && own?.answers[asked.answers]?.[answer]) || String(value)
  }
  return (
    <details class="more-of-it">
      <summary>{words.answers}</summary>
      {own?.before && <p>{own.before}</p>}
      <dl>
        {Object.entries(result.items).map(([item, value]) => (
          <div key={item}>
            <dt>{own?.items[item] ?? item}</dt>
            <dd>{said(item, value)}</dd>
          </div>
        ))}
        {result.things.map(({ what, weeks }) => (
          <div key={what}>
            <dt class="own-words">{what}</dt>
            <dd>{weeksOf(weeks)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** What was answered once: who sees it, and the ways to delete it or answer again. No number stands here. */
export function ResultPage({ id }: { id: string }) {
  const words = questionnairesText.value
  const result = results.value.find((each) => each.id === id)
  const at = result && definitionOf(result.code)?.at
  return (
    <Page heading={result ? titleOf(result.code) : words.heading}>
      <p>
        <a class="way-on" href="/skemaer">
          {words.back}
        </a>
      </p>
      <SaidHere />
      <RefusedHere />
      {!result && <p>{words.entry.gone}</p>}
      {result && (
        <>
          <CallQuestion result={result} />
          <p class="quiet">{whenWritten(result.at)}</p>
          <Answers result={result} />
          {result.complete && <OfferOne seen={isSeen(result)} words={words.entry} change={(given) => offer(result.id, given)} />}
          <ul class="link-list">
            {at && (
              <li>
                <a href={`/skemaer/${at}`}>{result.complete ? words.entry.again : words.entry.goOn}</a>
              </li>
            )}
            <li>
              <a href="/skemaer/tal">{words.curve}</a>
            </li>
          </ul>
          <EraseForGood words={words.entry} failed={words.form.notSaved} erase={() => erase(result)} backTo="/skemaer" />
        </>
      )}
    </Page>
  )
}
