import { useSignal } from '@preact/signals'
import type { GoalStep } from '../../api/citizen.ts'
import { eraseStep, stepsOf } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { Erase } from './Erase.tsx'
import { OfGoal } from './OfGoal.tsx'
import { troubleWith } from './wording.ts'

const FIELD = 'step-words'

function StepForm({ step, goalId }: { step: GoalStep; goalId: string }) {
  const words = goalsText.value
  const draft = useDraft<string | null>(`step-words:${step.id}`, () => null)
  const wrong = useSignal<string | undefined>(undefined)
  const value = draft.value ?? step.text ?? ''
  const page = `/maal/${goalId}`
  const save = async () => {
    wrong.value = troubleWith(value, words) ?? undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    const isSame = value.trim() === step.text
    if (!isSame && !(await eraseStep(step.id, value.trim()))) return say(words.notSaved)
    draft.drop()
    navigate(page, true)
    say(words.todo.added)
  }
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <FreeText id={FIELD} label={words.todo.words} error={wrong.value} value={value} onInput={draft.set} />
        <Button kind="primary" type="submit" wide>
          {words.todo.save}
        </Button>
      </form>
      <Erase of={step.text ?? ''} act={() => eraseStep(step.id)} after={() => (draft.drop(), navigate(page, true))} />
    </>
  )
}

/** One own step: other words, or none. */
export function StepPage({ goalId, stepId }: { goalId: string; stepId: string }) {
  const words = goalsText.value.todo
  const step = stepsOf(goalId).find((each) => each.id === stepId && each.origin === 'citizen')
  return (
    <OfGoal goalId={goalId} heading={words.editHeading}>
      {() => (step ? <StepForm step={step} goalId={goalId} /> : <p>{words.gone}</p>)}
    </OfGoal>
  )
}
