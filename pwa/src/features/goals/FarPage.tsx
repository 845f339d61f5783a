import type { Achievement, Goal, GoalScaling } from '../../api/citizen.ts'
import { tellGoal } from '../../offline/goal-store.ts'
import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { say } from '../said.ts'
import { OfGoal } from './OfGoal.tsx'
import { whoSees } from './wording.ts'

const ANSWERS = ['improving', 'no-change', 'worsening'] as const
const WORST = -2

function sayKept(isKept: boolean): void {
  say(isKept ? goalsText.value.saved : goalsText.value.stepNotSaved)
}

/** The levels that were put into words together; a tap says which one fits now. */
function Levels({ goal, scaling }: { goal: Goal; scaling: GoalScaling }) {
  const { far } = goalsText.value
  const options = scaling.levels
    .map((words, place) => [String(place + WORST), words ? `${far.levelNames[place]}: ${words}` : ''] as const)
    .filter(([, words]) => words !== '')
  return (
    <ChoiceGroup
      id="goal-level"
      label={far.levels}
      hint={far.levelsHint}
      options={options}
      chosen={scaling.reached === null ? [] : [String(scaling.reached)]}
      onChange={([level]) => void tellGoal(goal.id, { kind: 'level', level: Number(level), shared: true }).then(sayKept)}
    />
  )
}

/** How it goes now, for both sides to see: no answer is a wrong one, and none is asked for. */
export function FarPage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const { far } = words
  return (
    <OfGoal goalId={goalId} heading={far.heading}>
      {(goal) => (
        <>
          <p>{whoSees(words)}</p>
          <ChoiceGroup
            id="goal-achievement"
            label={far.question}
            options={ANSWERS.map((each) => [each, far.answers[each] ?? each])}
            chosen={goal.achievement ? [goal.achievement] : []}
            onChange={([chosen]) => void putGoal(goal.id, { achievement: chosen as Achievement }).then((id) => sayKept(id !== null))}
          />
          {goal.scaling?.levels.some(Boolean) && <Levels goal={goal} scaling={goal.scaling} />}
        </>
      )}
    </OfGoal>
  )
}
