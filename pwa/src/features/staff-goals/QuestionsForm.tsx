import { useRef, useState } from 'preact/hooks'
import { type AnswerName, type GoalQuestion, tell, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { findBase } from '../../ui/drafts'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { LONGEST_WORDS } from './NoteForm'
import { WithGoal } from './WithGoal'
import { WordsField } from './WordsField'
import { QUESTIONS } from './wording'

type Ids = Record<`id_${AnswerName}`, string>
type Answers = Record<AnswerName, string> & Ids

/** The answers to the four questions; an earlier one stays in the history. */
export function QuestionsForm({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  return <WithGoal goalId={goalId}>{({ goal }) => <AnswersForm citizenId={citizenId} goal={goal} />}</WithGoal>
}

function startFrom({ answers }: WholeGoal): Answers {
  const texts = Object.fromEntries(QUESTIONS.map((each) => [each, answers[each] ?? '']))
  // The same answer sent twice is one answer.
  const ids = Object.fromEntries(QUESTIONS.map((each) => [`id_${each}`, newIdentifier()]))
  return { ...texts, ...ids } as Answers
}

/** `sent`: what an earlier try has got through already; with other words it is another answer. */
async function send(goal: WholeGoal, values: Answers, sent: Map<AnswerName, string>): Promise<void> {
  for (const name of QUESTIONS) {
    const text = values[name].trim()
    if (text === '' || text === (sent.get(name) ?? goal.answers[name])) continue
    const question: GoalQuestion = name === 'by_when' ? 'by-when' : name
    const id = sent.has(name) ? newIdentifier() : values[`id_${name}`]
    await tell(goal.id, { id, kind: 'answer', question, text })
    sent.set(name, text)
  }
}

/** The answers as they stood when somebody began to type: what was not touched since is not sent. */
export function useAnswersForm(page: string, goal: WholeGoal): FormState<Answers> {
  const key = `answers:${goal.id}`
  const [before] = useState(() => findBase<WholeGoal>(key) ?? goal)
  const sent = useRef(new Map<AnswerName, string>())
  return useForm<Answers>({
    key,
    base: () => before,
    initial: () => startFrom(goal),
    send: async (values) => {
      await send(before, values, sent.current)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
}

function AnswersForm({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const text = staffText()
  const { questions } = staffGoalsText()
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const form = useAnswersForm(page, goal)
  return (
    <section class="page">
      <PageHeading>{questions.title}</PageHeading>
      <p>{questions.lead}</p>
      <FormFrame
        form={form}
        labels={questions.ask}
        summary={text.problem.summary}
        submit={questions.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        {QUESTIONS.map((each) => (
          <WordsField
            key={each}
            id={each}
            label={questions.ask[each]}
            rows={2}
            value={form.values[each]}
            maxLength={LONGEST_WORDS}
            onInput={(value) => form.set(each, value)}
          />
        ))}
      </FormFrame>
    </section>
  )
}
