import { written } from '../../api/staff'
import { listWholeGoals, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { sayBriefly, sayGoalDate } from './wording'

/** A person's goals, the person's own and ours in one list. */
export function Goals({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const words = staffGoalsText()
  const found = useResource(`goals:${citizenId}`, written.value, () => listWholeGoals(citizenId))
  return (
    <section aria-labelledby="goals-heading">
      <div class="section-top">
        <h2 id="goals-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/goals/new`}>
          {words.add}
        </a>
      </div>
      {found.data ? (
        <List citizenId={citizenId} goals={found.data} />
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

function List({ citizenId, goals }: { citizenId: string; goals: readonly WholeGoal[] }) {
  const words = staffGoalsText()
  if (goals.length === 0) return <p class="empty">{words.empty}</p>
  return (
    <>
      <ul class="goals" role="list">
        {goals.map((goal) => (
          <li class="goal" key={goal.id}>
            <a href={`/staff/people/${citizenId}/goals/${goal.id}`}>{goal.title}</a>
            <p class="quiet">{sayBriefly(goal, words)}</p>
            {goal.review_on && (
              <p class="quiet">
                {words.reviewLabel}: {sayGoalDate(goal.review_on)}
              </p>
            )}
            {goal.closer_until && <p>{words.closer(sayGoalDate(goal.closer_until))}</p>}
          </li>
        ))}
      </ul>
      <p>
        <a class="way-out" href={`/staff/people/${citizenId}/goal-report`}>{words.report}</a>
      </p>
    </>
  )
}
