import type { Goal } from '../../api/citizen.ts'
import { type GoalChange, putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { say } from '../said.ts'
import { type Step, stepsFrom } from './steps.ts'

/** What a step says: a goal that is reached is also said to be reached. */
function changeTo(step: Step, goal: Goal): GoalChange {
  if (step === 'completed') return { status: step, achievement: 'achieved' }
  return goal.status === 'completed' ? { status: step, achievement: 'in-progress' } : { status: step }
}

/** One tap says where the goal stands now, with or without a network; another one takes it back. */
export function Standing({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const before = { status: goal.status, ...(goal.achievement !== undefined && { achievement: goal.achievement }) }
  const takeBack = async () => say((await putGoal(goal.id, before)) ? words.undone : words.stepNotSaved)
  const take = async (step: Step) => {
    if (!(await putGoal(goal.id, changeTo(step, goal)))) return say(words.stepNotSaved)
    say(words.saidStep[step] ?? words.saved, { label: words.undo, act: () => void takeBack() })
  }
  return (
    <div class="button-row">
      {stepsFrom(goal.status).map(({ to, again }) => (
        <Button key={to} onClick={() => void take(to)}>
          {again ? words.again : words.steps[to]}
        </Button>
      ))}
    </div>
  )
}
