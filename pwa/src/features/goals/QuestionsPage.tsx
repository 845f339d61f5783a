import { useSignal } from '@preact/signals'
import type { Goal, GoalQuestion } from '../../api/citizen.ts'
import { answerName } from '../../offline/goals.ts'
import { tellGoal } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { OfGoal } from './OfGoal.tsx'
import { LONGEST_WORDS, troubleWith, whoSees } from './wording.ts'

const QUESTIONS: readonly GoalQuestion[] = ['activity', 'support', 'amount', 'by-when']
const FIELD = 'goal-answer'

/** Four small questions that make a goal plainer; each may stay open. */
export function QuestionsPage({ goalId }: { goalId: string }) {
  const { questions } = goalsText.value
  return (
    <OfGoal goalId={goalId} heading={questions.heading}>
      {(goal) => (
        <>
          <p>{questions.intro}</p>
          <ul class="link-list">
            {QUESTIONS.map((question, place) => (
              <li key={question}>
                <a href={`/maal/${goalId}/spoergsmaal/${place + 1}`}>
                  <span>
                    {questions.ask[answerName(question)]}
                    <span class="quiet own-words goal-answer">{goal.answers?.[answerName(question)] ?? questions.none}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </OfGoal>
  )
}

function AnswerForm({ goal, number }: { goal: Goal; number: number }) {
  const words = goalsText.value
  const { questions } = words
  const question = QUESTIONS[number - 1] ?? 'activity'
  const name = answerName(question)
  const draft = useDraft<string | null>(`answer:${goal.id}:${question}`, () => null)
  const wrong = useSignal<string | undefined>(undefined)
  const value = draft.value ?? goal.answers?.[name] ?? ''
  const next = number < QUESTIONS.length ? `/maal/${goal.id}/spoergsmaal/${number + 1}` : `/maal/${goal.id}`
  const save = async () => {
    wrong.value = troubleWith(value, words, LONGEST_WORDS) ?? undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    const isSame = value.trim() === goal.answers?.[name]
    const isKept = isSame || (await tellGoal(goal.id, { kind: 'answer', question, text: value.trim(), shared: true }))
    if (!isKept) return say(words.notSaved)
    draft.drop()
    navigate(next)
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
      <FreeText
        id={FIELD}
        label={questions.ask[name]}
        hint={whoSees(words)}
        error={wrong.value}
        value={value}
        onInput={draft.set}
      />
      <div class="button-row">
        <Button kind="primary" type="submit">
          {questions.save}
        </Button>
        <a class="button button-secondary" href={next}>
          {questions.skip}
        </a>
      </div>
    </form>
  )
}

/** One of the questions, alone on its page. */
export function QuestionPage({ goalId, number }: { goalId: string; number: number }) {
  return (
    <OfGoal goalId={goalId} heading={goalsText.value.questions.number(number)}>
      {(goal) => <AnswerForm goal={goal} number={number} />}
    </OfGoal>
  )
}
