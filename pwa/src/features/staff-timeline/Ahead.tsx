import type { ComponentChildren } from 'preact'
import { type Ahead as Found, fetchAhead, written } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { sayNearDate, sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

/** What comes next for a person, and how many colleagues the person has met. */
export function Ahead({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const words = staffConsoleText().ahead
  const found = useResource(`ahead:${citizenId}`, written.value, () => fetchAhead(citizenId))
  return (
    <section class="card ahead" aria-labelledby="ahead-heading">
      <h2 id="ahead-heading" class="card-heading">
        {words.title}
      </h2>
      {found.data ? (
        <Next found={found.data} citizenId={citizenId} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}

function Next({ found, citizenId }: { found: Found; citizenId: string }) {
  const words = staffConsoleText().ahead
  const goal = (id: string) => `/staff/people/${citizenId}/goals/${id}`
  const day = (date: string) => sayNearDate(date, language.value, new Date())
  return (
    <>
      <dl class="facts">
        <Part label={words.next}>{nextWords(found)}</Part>
        {found.steps.length > 0 && (
          <Part label={words.steps}>
            {found.steps.map((step) => (
              <p key={step.id}>
                <a href={goal(step.goal_id)}>{step.text}</a>
              </p>
            ))}
          </Part>
        )}
        {found.reviews.length > 0 && (
          <Part label={words.reviews}>
            {found.reviews.map((one) => (
              <p key={one.id}>
                <a href={goal(one.id)}>{one.title}</a> <span class="quiet">{day(one.review_on)}</span>
              </p>
            ))}
          </Part>
        )}
        {found.tasks.length > 0 && (
          <Part label={words.tasks}>
            {found.tasks.map((one) => (
              <p key={one.id}>
                <a href="/staff/missed">{words.tasksKinds[one.kind]}</a> <span class="quiet">{day(one.due_on)}</span>
              </p>
            ))}
          </Part>
        )}
      </dl>
      <p>{words.met(found.staff_met)}</p>
      <p class="quiet">{words.metMeaning}</p>
    </>
  )
}

function nextWords({ next_appointment: next }: Found): string {
  if (!next) return staffConsoleText().ahead.noNext
  return `${staffText().appointments.kinds[next.kind]} ${sayWhen(next.starts_at, language.value, new Date())}`
}

function Part({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
