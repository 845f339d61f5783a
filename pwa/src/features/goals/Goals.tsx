import type { Goal } from '../../api/citizen.ts'
import { stepsOf } from '../../offline/goal-store.ts'
import { records, standing, wholeLoad } from '../../offline/phone.ts'
import { careText } from '../../text/care.ts'
import { goalsText } from '../../text/goals.ts'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { BothTitles, isTwofold } from './BothTitles.tsx'
import { isSuggested, Suggestion } from './Suggestion.tsx'
import { Warning } from './Warning.tsx'

function OneGoal({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const next = stepsOf(goal.id).find((step) => !step.done)
  if (isTwofold(goal)) return <BothTitles goal={goal} titles={goal.titles} />
  if (isSuggested(goal))
    return (
      <Card heading={goal.title}>
        {goal.kind === 'stop' && <Warning name="stop" />}
        <Suggestion goal={goal} />
        <a class="row-link" href={`/maal/${goal.id}`} aria-label={words.lookNamed(goal.title)}>
          {words.look}
        </a>
      </Card>
    )
  return (
    <Card heading={goal.title} href={`/maal/${goal.id}`}>
      <p class="quiet">
        {words.origin[goal.origin]} · {words.status[goal.status]}
      </p>
      {next && goal.status === 'active' && <p class="own-words">{words.next(next.text ?? '')}</p>}
    </Card>
  )
}

function List({ goals }: { goals: readonly Goal[] }) {
  return (
    <ul class="plain-list">
      {goals.map((goal) => (
        <li key={goal.id}>
          <OneGoal goal={goal} />
        </li>
      ))}
    </ul>
  )
}

/** The person's goals and whose idea each one was; what was put away can be found again. */
export function Goals() {
  const words = goalsText.value
  const goals = records.value.goals.filter((goal) => goal.status !== 'cancelled')
  const away = records.value.goals.filter((goal) => goal.status === 'cancelled')
  const isKnown = wholeLoad.value || standing.value !== 'paired'
  return (
    <Page heading={words.heading}>
      <SaidHere />
      <RefusedEdits of={['goal', 'goal_step', 'goal_event']} />
      {goals.length === 0 && <p>{isKnown ? words.none : words.loading}</p>}
      <List goals={goals} />
      <p>
        <a class="button button-primary button-wide" href="/maal/nyt">
          {words.add}
        </a>
      </p>
      {records.value.care && (
        <p>
          <a class="row-link" href="/maal/aftalt">
            {careText.value.heading}
          </a>
        </p>
      )}
      {away.length > 0 && (
        <details>
          <summary>{words.away}</summary>
          <List goals={away} />
        </details>
      )}
    </Page>
  )
}
