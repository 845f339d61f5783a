import type { Goal } from '../../api/citizen.ts'
import { goalOf, stepsOf } from '../../offline/goal-store.ts'
import { wallNow } from '../clock.ts'
import { goalsText } from '../../text/goals.ts'
import { Page } from '../../ui/Page.tsx'
import { ForGoal } from '../exercises/ForGoal.tsx'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { BothTitles, isTwofold } from './BothTitles.tsx'
import { daysSince } from './days.ts'
import { Standing } from './Standing.tsx'
import { isSuggested, Suggestion } from './Suggestion.tsx'
import { Todo } from './Todo.tsx'
import { Warning } from './Warning.tsx'
import { dateInWords } from './wording.ts'

/** Whose idea it was, where it stands, and what it is about; what nobody chose is not said. */
function Facts({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const { kinds, themes } = words.edit
  const facts = [
    words.origin[goal.origin],
    words.status[goal.status],
    goal.kind && kinds[goal.kind],
    goal.theme && themes[goal.theme],
  ]
  return (
    <>
      <p class="quiet">{facts.filter(Boolean).join(' · ')}</p>
      {goal.agreed && goal.origin === 'citizen' && <p class="quiet">{words.agreed}</p>}
      {goal.closer_until && goal.closer_until >= wallNow.value.date && <p>{words.how.closer(dateInWords(goal.closer_until))}</p>}
      {goal.counts_from && (
        <p>
          <strong>{words.days.count(daysSince(goal.counts_from, wallNow.value.date))}</strong>{' '}
          <a class="row-link" href={`/maal/${goal.id}/dage`}>
            {words.days.change}
          </a>
        </p>
      )}
    </>
  )
}

function HowItGoes({ goal }: { goal: Goal }) {
  const words = goalsText.value.how
  const page = `/maal/${goal.id}`
  return (
    <section>
      <h2>{words.heading}</h2>
      <ul class="link-list">
        <li>
          <a href={`${page}/noter`}>{words.note}</a>
        </li>
        <li>
          <a href={`${page}/hvor-langt`}>{words.far}</a>
        </li>
        <li>
          <a href={`${page}/svaert`}>{words.hard}</a>
        </li>
        <li>
          <a href={`${page}/tilbage`}>{words.back}</a>
        </li>
        <li>
          <a href={`${page}/forloeb`}>{words.line}</a>
        </li>
      </ul>
    </section>
  )
}

/** What a person may want to say about the goal, and never has to. */
function Optional({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const page = `/maal/${goal.id}`
  return (
    <ul class="link-list">
      <li>
        <a href={`${page}/spoergsmaal`}>{words.questions.heading}</a>
      </li>
      <li>
        <a href={`${page}/dag`}>{goal.review_on ? words.review.on(dateInWords(goal.review_on)) : words.review.link}</a>
      </li>
      {!goal.counts_from && (
        <li>
          <a href={`${page}/dage`}>{words.days.link}</a>
        </li>
      )}
      <li>
        <a href={`${page}/ret`}>{words.edit.link}</a>
      </li>
    </ul>
  )
}

function OpenGoal({ goal }: { goal: Goal }) {
  return (
    <>
      <Facts goal={goal} />
      {goal.kind === 'stop' && <Warning name="stop" />}
      {isSuggested(goal) && <Suggestion goal={goal} />}
      {(!isSuggested(goal) || stepsOf(goal.id).length > 0) && <Todo goalId={goal.id} />}
      {!isSuggested(goal) && (
        <>
          <ForGoal goalId={goal.id} />
          <HowItGoes goal={goal} />
          <Standing goal={goal} />
          <Optional goal={goal} />
        </>
      )}
    </>
  )
}

/** One goal: its steps, how it goes, and what belongs to it. */
export function GoalPage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const goal = goalOf(goalId)
  return (
    <Page heading={goal?.title ?? words.heading}>
      <p>
        <a href="/maal">{words.all}</a>
      </p>
      <SaidHere />
      <RefusedEdits of={['goal', 'goal_step', 'goal_event']} />
      {!goal && <p>{words.gone}</p>}
      {goal && isTwofold(goal) && <BothTitles goal={goal} titles={goal.titles} />}
      {goal && <OpenGoal goal={goal} />}
    </Page>
  )
}
