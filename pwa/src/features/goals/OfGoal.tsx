import type { ComponentChild } from 'preact'
import type { Goal } from '../../api/citizen.ts'
import { goalOf } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Page } from '../../ui/Page.tsx'
import { SaidHere } from '../SaidHere.tsx'

interface OfGoalProps {
  goalId: string
  heading: string
  children: (goal: Goal) => ComponentChild
}

/** One page about one goal, with the way back to it. */
export function OfGoal({ goalId, heading, children }: OfGoalProps) {
  const words = goalsText.value
  const goal = goalOf(goalId)
  return (
    <Page heading={heading}>
      <p>
        <a href={goal ? `/maal/${goal.id}` : '/maal'}>{goal ? words.back : words.heading}</a>
      </p>
      <SaidHere />
      {goal ? (
        <>
          <p class="own-words goal-named">{goal.title}</p>
          {children(goal)}
        </>
      ) : (
        <p>{words.gone}</p>
      )}
    </Page>
  )
}
