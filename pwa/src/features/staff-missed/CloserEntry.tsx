import type { CloserRow } from '../../api/staffMissed'
import { language } from '../../text/language'
import { missedText } from '../../text/missed'
import { sayDay } from '../../ui/days'
import { aboutMissed } from './about'
import { callFacts, type CallPlace, CallSteps } from './CallSteps'

/** One person who let us know that it became hard. */
export function CloserEntry({ row, ...place }: CallPlace & { row: CloserRow }) {
  const words = missedText()
  const facts = [words.closer.since(sayDay(row.since, language.value, new Date())), ...callFacts(row, place.ownId, words)]
  return (
    <li class="missed-entry">
      <h3>
        <a href={`/staff/people/${row.citizen_id}`}>{row.citizen_alias}</a>
      </h3>
      {row.goal && (
        <p>
          {words.closer.goal} <a href={`/staff/people/${row.citizen_id}/goals/${row.goal.id}`}>{row.goal.title}</a>
        </p>
      )}
      {row.wants_talk && <p>{words.closer.wantsTalk}</p>}
      <p class="row-quiet">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <CallSteps {...place} row={row} about={aboutMissed(new Date())} />
    </li>
  )
}
