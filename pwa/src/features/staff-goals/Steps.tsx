import { addStep, type GoalStep, removeStep, tickStep } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { Button } from '../../ui/Button'
import { Checkbox, TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { Notice } from '../../ui/Notice'
import { useActing } from './acting'

const LONGEST = 300

/** The steps of both sides; a tick of either is a tick. */
export function Steps({ goalId, steps }: { goalId: string; steps: readonly GoalStep[] }) {
  const { todo } = staffGoalsText()
  const { busy, trouble, act } = useActing()
  return (
    <section class="card" aria-labelledby="steps-heading">
      <h2 id="steps-heading" class="card-heading">
        {todo.title}
      </h2>
      {trouble && <Notice>{trouble}</Notice>}
      {steps.length === 0 && <p class="empty">{todo.empty}</p>}
      <ul class="team" role="list">
        {steps.map((step) => (
          <li key={step.id} class="goal-step">
            <Checkbox
              id={`step-${step.id}`}
              label={step.text}
              checked={step.done}
              disabled={busy}
              onChange={(done) => void act(() => tickStep(step.id, done))}
            />
            {step.origin === 'citizen' ? (
              <span class="quiet">{todo.own}</span>
            ) : (
              <Button
                kind="quiet"
                busy={busy}
                label={todo.removeNamed(step.text)}
                onClick={() => void act(() => removeStep(step.id), todo.removed)}
              >
                {todo.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <AddStep goalId={goalId} />
    </section>
  )
}

function AddStep({ goalId }: { goalId: string }) {
  const text = staffText()
  const { todo } = staffGoalsText()
  const start = () => ({ id: newIdentifier(), text: '' })
  const form = useForm({
    key: `step:${goalId}`,
    initial: start,
    check: (values): Record<string, string> => (values.text.trim() ? {} : { text: staffText().problem.required }),
    send: async ({ id, text: words }) => {
      await addStep(goalId, { id, text: words.trim() })
      form.reset(start())
      sayDone(staffGoalsText().todo.added)
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <FormFrame form={form} labels={{ text: todo.add }} controls={{ text: 'step-text' }} summary={text.problem.summary} submit={todo.submit}>
      <TextField
        id="step-text"
        label={todo.add}
        error={form.trouble.fields?.['text']}
        value={form.values.text}
        inputAttributes={{ maxLength: LONGEST }}
        onInput={(value) => form.set('text', value)}
      />
    </FormFrame>
  )
}
