import { useSignal } from '@preact/signals'
import { results, type Result } from '../../offline/measure-store.ts'
import { standing } from '../../offline/phone.ts'
import { language } from '../../text/language.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { whenWritten } from '../written.ts'
import { askedNow, lastDay, type Asked } from './asked.ts'
import { DEFINITIONS, titleOf, type Definition } from './definitions.ts'
import { RefusedHere } from './RefusedHere.tsx'

const SHOWN = 10

const wordsOf = (definition: Definition) => definition.words[language.value]

function Row({ href, name, about }: { href: string; name: string; about: string }) {
  return (
    <li>
      <a href={href}>
        <span class="question-row">
          <span class="question-name">{name}</span>
          <span class="quiet">{about}</span>
        </span>
      </a>
    </li>
  )
}

function AskedRow({ asked: { definition, window, isBegun } }: { asked: Asked }) {
  const words = questionnairesText.value
  const until = words.until(describeDate(lastDay(window), wallNow.value.date, text.value.when))
  return <Row href={`/skemaer/${definition.at}`} name={wordsOf(definition).title} about={isBegun ? `${words.begun} · ${until}` : until} />
}

function AnsweredRow({ result }: { result: Result }) {
  const words = questionnairesText.value
  const when = whenWritten(result.at)
  return <Row href={`/skemaer/svar/${result.id}`} name={titleOf(result.code)} about={result.complete ? when : `${when} · ${words.begunRow}`} />
}

function Answered() {
  const words = questionnairesText.value
  const shown = useSignal(SHOWN)
  const all = results.value
  if (all.length === 0) return <p class="quiet">{words.none}</p>
  return (
    <>
      <ul class="link-list">
        {all.slice(0, shown.value).map((each) => (
          <AnsweredRow key={each.id} result={each} />
        ))}
      </ul>
      {all.length > shown.value && <Button onClick={() => (shown.value += SHOWN)}>{words.older}</Button>}
    </>
  )
}

/** What is asked now, everything that can be answered, and what was. */
export function ListPage() {
  const words = questionnairesText.value
  const asked = askedNow()
  const others = DEFINITIONS.filter((each) => !asked.some(({ definition }) => definition.code === each.code))
  return (
    <Page heading={words.heading}>
      <p>{words.intro}</p>
      {standing.value !== 'paired' && <p class="quiet">{words.unpaired}</p>}
      <SaidHere />
      <RefusedEdits of={['measure_result', 'measure_plan', 'measure_call']} />
      <RefusedHere />
      {asked.length > 0 && (
        <>
          <h2>{words.asked}</h2>
          <p class="quiet">{words.askedText}</p>
          <ul class="link-list">
            {asked.map((each) => (
              <AskedRow key={each.plan.id} asked={each} />
            ))}
          </ul>
        </>
      )}
      <h2>{words.all}</h2>
      <ul class="link-list">
        {others.map((each) => (
          <Row key={each.code} href={`/skemaer/${each.at}`} name={wordsOf(each).title} about={wordsOf(each).lead} />
        ))}
      </ul>
      <h2>{words.answeredList}</h2>
      <Answered />
      <ul class="link-list">
        <li>
          <a href="/skemaer/tal">{words.curve}</a>
        </li>
        <li>
          <a href="/skemaer/deling">{words.who}</a>
        </li>
      </ul>
    </Page>
  )
}
