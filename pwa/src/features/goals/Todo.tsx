import { useSignal } from '@preact/signals'
import type { GoalStep } from '../../api/citizen.ts'
import { addStep, stepsOf, tickStep } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { StoredCheckbox } from '../../ui/StoredCheckbox.tsx'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { troubleWith, whoSees } from './wording.ts'

const FIELD = 'new-step'

function OneStep({ step }: { step: GoalStep }) {
  const words = goalsText.value
  const text = step.text ?? ''
  const tick = async (done: boolean) => {
    const isKept = await tickStep(step.id, done)
    say(isKept ? (done ? words.todo.ticked(text) : words.saved) : words.stepNotSaved)
  }
  return (
    <li class="goal-step">
      <StoredCheckbox id={`step-${step.id}`} label={text} checked={step.done} onChange={tick} />
      {step.origin === 'citizen' ? (
        <a class="row-link" href={`/maal/${step.goal_id}/trin/${step.id}`} aria-label={words.todo.editNamed(text)}>
          {words.todo.edit}
        </a>
      ) : (
        <span class="quiet">{words.todo.fromStaff}</span>
      )}
    </li>
  )
}

function AddStep({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const draft = useDraft(`step:${goalId}`, () => '')
  const wrong = useSignal<string | undefined>(undefined)
  const save = async () => {
    wrong.value = troubleWith(draft.value, words) ?? undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    if (!(await addStep(goalId, draft.value.trim()))) return say(words.notSaved)
    draft.drop()
    say(words.todo.added)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <FreeText
        id={FIELD}
        label={words.todo.add}
        hint={whoSees(words)}
        error={wrong.value}
        value={draft.value}
        onInput={draft.set}
      />
      <Button type="submit">{words.todo.addButton}</Button>
    </form>
  )
}

/** The steps of a goal: ticked, added and worded anew with or without a network. */
export function Todo({ goalId }: { goalId: string }) {
  const words = goalsText.value.todo
  const steps = stepsOf(goalId)
  return (
    <section>
      <h2>{words.heading}</h2>
      {steps.length === 0 && <p>{words.none}</p>}
      <ul class="plain-list">
        {steps.map((step) => (
          <OneStep key={step.id} step={step} />
        ))}
      </ul>
      <AddStep goalId={goalId} />
    </section>
  )
}
