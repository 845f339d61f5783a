import { useSignal } from '@preact/signals'
import { changeGoal, listGoals, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Goal, GoalStatus } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { sayDone } from '../../ui/flash'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { useResource } from '../../ui/resource'

const STATUSES: readonly GoalStatus[] = ['proposed', 'accepted', 'active', 'on-hold', 'completed', 'cancelled']

/** A person's goals, the person's own and ours in one list. */
export function Goals({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const found = useResource(`goals:${citizenId}`, written.value, () => listGoals(citizenId))
  return (
    <section aria-labelledby="goals-heading">
      <div class="section-top">
        <h2 id="goals-heading">{text.goals.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/goals/new`}>
          {text.goals.add}
        </a>
      </div>
      {found.data ? (
        <List goals={found.data} reload={found.reload} />
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

function List({ goals, reload }: { goals: readonly Goal[]; reload: () => Promise<unknown> }) {
  if (goals.length === 0) return <p class="empty">{staffText().goals.empty}</p>
  return (
    <ul class="goals" role="list">
      {goals.map((goal) => (
        <GoalEntry key={goal.id} goal={goal} reload={reload} />
      ))}
    </ul>
  )
}

function GoalEntry({ goal, reload }: { goal: Goal; reload: () => Promise<unknown> }) {
  const text = staffText()
  const trouble = useSignal('')
  const busy = useSignal(false)
  const change = async (status: GoalStatus) => {
    if (busy.value) return
    busy.value = true
    trouble.value = ''
    try {
      await changeGoal(goal.id, goal.version, { status })
      sayDone(text.saved)
    } catch (error) {
      const words = explain(error, text)
      trouble.value = words.stale ? text.goals.changed : (words.message ?? text.problem.other)
      await reload()
    } finally {
      busy.value = false
    }
  }
  return (
    <li class="goal">
      <div>
        <p>{goal.title}</p>
        <p class="quiet">{text.goals.origins[goal.origin]}</p>
      </div>
      <select
        class="form-select"
        aria-label={text.goals.statusOf(goal.title)}
        value={goal.status}
        onChange={(event) => {
          const status = event.currentTarget.value as GoalStatus
          event.currentTarget.value = goal.status
          void change(status)
        }}
      >
        {STATUSES.map((status) => (
          <option key={status} value={status} selected={status === goal.status}>
            {text.goals.statuses[status]}
          </option>
        ))}
      </select>
      {trouble.value && <Notice>{trouble.value}</Notice>}
    </li>
  )
}
