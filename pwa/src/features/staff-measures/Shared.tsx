import type { SharedResult } from '../../api/staffMeasures'
import { language } from '../../text/language'
import { staffMeasuresText } from '../../text/staffMeasures'
import { sayWhenBriefly } from '../../ui/days'
import { CurvePlace } from '../checkins/CurvePlace.tsx'
import { definitionOf } from '../questionnaires/definitions.ts'
import { nameOf } from './naming'

const LOCALE = { da: 'da-DK', en: 'en-GB' }

function Answers({ result }: { result: SharedResult }) {
  const words = staffMeasuresText().results
  const definition = definitionOf(result.code)
  const own = definition?.words[language.value]
  const said = (item: string, value: number) => {
    const asked = definition?.items.find((each) => each.id === item)
    const answer = Object.entries(asked?.values ?? {}).find(([, number]) => number === value)?.[0]
    return (asked && answer && own?.answers[asked.answers]?.[answer]) || String(value)
  }
  return (
    <details class="more">
      <summary>
        {words.answers}
        <span class="visually-hidden"> {sayWhenBriefly(result.at, language.value, new Date())}</span>
      </summary>
      <ul>
        {Object.entries(result.items).map(([item, value]) => (
          <li key={item}>
            {own?.items[item] ?? item}: {said(item, value)}
          </li>
        ))}
        {result.things.map(({ what, weeks }) => (
          <li key={what} class="own-words">
            {words.weeks(what, weeks.map((count) => count ?? words.open).join(', '))}
          </li>
        ))}
      </ul>
      {result.things.length > 0 && <p class="quiet">{words.newestFirst}</p>}
    </details>
  )
}

function OfOne({ code, results }: { code: string; results: readonly SharedResult[] }) {
  const words = staffMeasuresText().results
  const scoring = definitionOf(code)?.scoring
  const title = nameOf(code)
  return (
    <div class="measures-one">
      <h3>{title}</h3>
      {scoring && <p class="quiet">{words.scale(scoring.from, scoring.to)}</p>}
      {scoring && (
        <CurvePlace
          points={results.map(({ at, score }) => ({ at, mood: score, urge: null }))}
          words={{ mood: title, picture: words.picture, legendMood: title }}
          locale={LOCALE[language.value]}
          highest={scoring.to}
        />
      )}
      <div class="measures-wide" role="region" aria-label={words.table(title)} tabIndex={0}>
        <table class="measures">
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              {scoring && <th scope="col">{words.score}</th>}
              <th scope="col">{words.answers}</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <tr key={result.id}>
                <th scope="row">{sayWhenBriefly(result.at, language.value, new Date())}</th>
                {scoring && <td>{result.score ?? words.noScore}</td>}
                <td>
                  <Answers result={result} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** The answers that a person shares, questionnaire by questionnaire, newest first. */
export function Shared({ shared, results }: { shared: boolean; results: readonly SharedResult[] }) {
  const words = staffMeasuresText().results
  const codes = [...new Set(results.map((each) => each.code))]
  return (
    <section aria-labelledby="measure-results">
      <h2 id="measure-results">{words.title}</h2>
      {!shared && <p class="empty">{words.notShared}</p>}
      {shared && results.length === 0 && <p class="empty">{words.none}</p>}
      {codes.map((code) => (
        <OfOne key={code} code={code} results={results.filter((each) => each.code === code)} />
      ))}
    </section>
  )
}
