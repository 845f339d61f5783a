import type { WishRow } from '../../api/staffMissed'
import { language } from '../../text/language'
import { missedText } from '../../text/missed'
import { sayDay } from '../../ui/days'
import { nameOf } from '../staff-measures/naming'
import { aboutMissed } from './about'
import { callFacts, type CallPlace, CallSteps } from './CallSteps'

/** One person who asked to be called; what the answers came to only where the person shares them. */
export function WishEntry({ row, ...place }: CallPlace & { row: WishRow }) {
  const words = missedText()
  const facts = [words.wish.since(sayDay(row.since, language.value, new Date())), ...callFacts(row, place.ownId, words)]
  return (
    <li class="missed-entry">
      <h3>
        <a href={`/staff/people/${row.citizen_id}`}>{row.citizen_alias}</a>
      </h3>
      {row.answered && (
        <p>
          <a href={`/staff/people/${row.citizen_id}/measures`}>{words.wish.answered(nameOf(row.answered.code), row.answered.score)}</a>
        </p>
      )}
      <p class="row-quiet">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <CallSteps {...place} row={row} about={aboutMissed(new Date())} />
    </li>
  )
}
