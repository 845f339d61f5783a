import { useSignal } from '@preact/signals'
import type { Achievement, Goal, GoalScaling } from '../../api/citizen.ts'
import { tellGoal } from '../../offline/goal-store.ts'
import { putGoal } from '../../offline/own.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { navigate } from '../../ui/navigation.ts'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { howFar, newHowFar, type HowFar } from './choosing.ts'
import { OfGoal } from './OfGoal.tsx'
import { whoSees } from './wording.ts'

const FIELD = 'goal-achievement'
const ANSWERS = ['improving', 'no-change', 'worsening'] as const
const WORST = -2

interface LevelsProps {
  scaling: GoalScaling
  chosen: number | null
  onChange: (level: number) => void
}

/** The levels that were put into words together. */
function Levels({ scaling, chosen, onChange }: LevelsProps) {
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
      chosen={chosen === null ? [] : [String(chosen)]}
      onChange={([level]) => onChange(Number(level))}
    />
  )
}

/** False: the phone would not store it. */
async function keep(goal: Goal, { achievement, level }: HowFar): Promise<boolean> {
  if (achievement !== undefined && (await putGoal(goal.id, { achievement })) === null) return false
  return level === undefined || tellGoal(goal.id, { kind: 'level', level, shared: true })
}

function FarForm({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const { far } = words
  const draft = useDraft<HowFar>(`far:${goal.id}`, () => ({}))
  const wrong = useSignal<string | undefined>(undefined)
  const now = howFar(goal, draft.value)
  const save = async () => {
    wrong.value = now.achievement === null && now.level === null ? far.missing : undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    if (!(await keep(goal, newHowFar(goal, draft.value)))) return say(words.stepNotSaved)
    draft.drop()
    navigate(`/maal/${goal.id}`, true)
    say(words.saved)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <ChoiceGroup
        id={FIELD}
        label={far.question}
        error={wrong.value}
        options={ANSWERS.map((each) => [each, far.answers[each] ?? each])}
        chosen={now.achievement ? [now.achievement] : []}
        onChange={([chosen]) => draft.set({ ...draft.value, achievement: chosen as Achievement })}
      />
      {goal.scaling?.levels.some(Boolean) && (
        <Levels scaling={goal.scaling} chosen={now.level} onChange={(level) => draft.set({ ...draft.value, level })} />
      )}
      <Button kind="primary" type="submit" wide>
        {far.save}
      </Button>
    </form>
  )
}

/** How it goes now, for both sides to see: no answer is a wrong one, and none is asked for. */
export function FarPage({ goalId }: { goalId: string }) {
  const words = goalsText.value
  return (
    <OfGoal goalId={goalId} heading={words.far.heading}>
      {(goal) => (
        <>
          <p>{whoSees(words)}</p>
          <FarForm goal={goal} />
        </>
      )}
    </OfGoal>
  )
}
