import { useState } from 'preact/hooks'
import { findPeople } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { Button } from '../../ui/Button'

type Found = { typed: string; people: { id: string; alias: string }[] } | { typed: string; trouble: string }

/** Whole names and numbers are looked for by the server, and only on request: the search is recorded. */
export function FindMore({ typed }: { typed: string }) {
  const words = staffConsoleText().find
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<Found | null>(null)
  if (typed.length < 2) return null
  const look = async () => {
    setBusy(true)
    try {
      setFound({ typed, people: (await findPeople(typed)).items })
    } catch (error) {
      const text = staffText()
      setFound({ typed, trouble: explain(error, text).message ?? text.problem.other })
    } finally {
      setBusy(false)
    }
  }
  const answer = found?.typed === typed ? found : null
  return (
    <div class="find-more">
      <Button busy={busy} describedBy="find-more-hint" onClick={() => void look()}>
        {words.more}
      </Button>
      <p class="quiet" id="find-more-hint">
        {words.hint}
      </p>
      <div role="status">
        {answer && 'trouble' in answer && <p>{answer.trouble}</p>}
        {answer && 'people' in answer && answer.people.length === 0 && <p>{words.none}</p>}
        {answer && 'people' in answer && answer.people.length > 0 && <p class="visually-hidden">{words.found}</p>}
      </div>
      {answer && 'people' in answer && answer.people.length > 0 && (
        <ul class="rows" role="list">
          {answer.people.map((one) => (
            <li class="row" key={one.id}>
              <a class="row-link" href={`/staff/people/${one.id}`}>
                {one.alias}
              </a>
              <span class="row-quiet">
                <span>{words.found}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
