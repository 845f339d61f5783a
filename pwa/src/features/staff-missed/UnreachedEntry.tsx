import type { UnreachedRow } from '../../api/staffMissed'
import { missedText } from '../../text/missed'
import { aboutUnreached } from './about'
import { callFacts, type CallPlace, CallSteps } from './CallSteps'
import { appointmentWords } from './words'

/** One person to be called before an appointment, since no reminder of it has got there. */
export function UnreachedEntry({ row, ...place }: CallPlace & { row: UnreachedRow }) {
  const words = missedText()
  const { starts_at, kind, staff_name } = row.appointment
  return (
    <li class="missed-entry">
      <h3>
        <a href={`/staff/people/${row.citizen_id}`}>{row.citizen_alias}</a>
      </h3>
      <p>{appointmentWords({ starts_at, kind, staff_name })}</p>
      <p class="row-quiet">
        {callFacts(row, place.ownId, words).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <CallSteps {...place} row={row} about={aboutUnreached(row, new Date())} />
    </li>
  )
}
