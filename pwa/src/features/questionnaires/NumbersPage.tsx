import { results, type Result } from '../../offline/measure-store.ts'
import { language } from '../../text/language.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { text } from '../../text/text.ts'
import { Page } from '../../ui/Page.tsx'
import { CurvePlace } from '../checkins/CurvePlace.tsx'
import { whenWritten } from '../written.ts'
import { DEFINITIONS, type Definition } from './definitions.ts'
import { scoreOf } from './score.ts'

interface Number {
  id: string
  at: string
  score: number
}

/** The numbers of one questionnaire, newest first; of an earlier version only what the server worked out. */
function numbersOf(definition: Definition): Number[] {
  const ofResult = ({ code, complete, score, definition_version: version, items }: Result): number | null => {
    if (code !== definition.code || !complete) return null
    return score ?? (version === definition.version ? scoreOf(definition, items) : null)
  }
  return results.value.flatMap((each) => {
    const score = ofResult(each)
    return score === null ? [] : [{ id: each.id, at: each.at, score }]
  })
}

function Table({ numbers }: { numbers: readonly Number[] }) {
  const words = questionnairesText.value.curves
  return (
    <details class="more-of-it">
      <summary>{words.table}</summary>
      <table class="check-in-table">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.number}</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((each) => (
            <tr key={each.id}>
              <th scope="row">{whenWritten(each.at)}</th>
              <td>{each.score}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function OfOne({ definition }: { definition: Definition }) {
  const words = questionnairesText.value.curves
  const numbers = numbersOf(definition)
  const { scoring } = definition
  if (!scoring || numbers.length === 0) return null
  const { title } = definition.words[language.value]
  const explain = scoring.lowest === 'worst' ? words.up : words.down
  return (
    <section>
      <h2>{title}</h2>
      <p>{explain(scoring.from, scoring.to)}</p>
      {numbers.length === 1 && <p class="quiet">{words.one}</p>}
      <CurvePlace
        points={numbers.map(({ at, score }) => ({ at, mood: score, urge: null }))}
        words={{ mood: title, picture: words.picture, legendMood: title }}
        locale={text.value.when.locale}
        highest={scoring.to}
      />
      <Table numbers={numbers} />
    </section>
  )
}

/** The person's own numbers, for who wants them: a curve, and the same as a table. Nothing is judged or compared. */
export function NumbersPage() {
  const words = questionnairesText.value
  const isEmpty = DEFINITIONS.every((each) => numbersOf(each).length === 0)
  return (
    <Page heading={words.curves.heading}>
      <p>
        <a class="way-on" href="/skemaer">
          {words.back}
        </a>
      </p>
      <p>{isEmpty ? words.curves.none : words.curves.intro}</p>
      {DEFINITIONS.map((each) => (
        <OfOne key={each.code} definition={each} />
      ))}
    </Page>
  )
}
