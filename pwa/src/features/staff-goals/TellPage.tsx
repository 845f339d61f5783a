import { tell, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { ChoiceGroup } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { LONGEST_WORDS } from './NoteForm'
import { WithGoal } from './WithGoal'
import { WordsField } from './WordsField'

const WEEKS = ['7', '14', '28'] as const

interface TellProps {
  citizenId: string
  goalId: string
  kind: 'became-hard' | 'back-after-pause'
}

/** Writes down that it became hard, or that somebody is back: nothing is reset by it. */
export function TellPage({ citizenId, goalId, kind }: TellProps) {
  return <WithGoal goalId={goalId}>{({ goal }) => <TellForm citizenId={citizenId} goal={goal} kind={kind} />}</WithGoal>
}

function TellForm({ citizenId, goal, kind }: { citizenId: string; goal: WholeGoal; kind: TellProps['kind'] }) {
  const text = staffText()
  const words = staffGoalsText().tell
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const isHard = kind === 'became-hard'
  const form = useForm({
    key: `${kind}:${goal.id}`,
    initial: () => ({ id: newIdentifier(), text: '', closer: '14' }),
    send: async ({ id, text: said, closer }) => {
      const told = { id, kind, ...(said.trim() && { text: said.trim() }) }
      await tell(goal.id, isHard ? { ...told, closer_days: Number(closer) } : told)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{isHard ? words.hardTitle(goal.title) : words.backTitle(goal.title)}</PageHeading>
      {isHard && <p>{words.hardNote}</p>}
      <FormFrame
        form={form}
        labels={{ text: words.words }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <WordsField
          id="text"
          label={words.words}
          hint={words.wordsHint}
          error={form.trouble.fields?.['text']}
          value={form.values.text}
          maxLength={LONGEST_WORDS}
          onInput={(value) => form.set('text', value)}
        />
        {isHard && (
          <ChoiceGroup
            id="closer"
            label={words.closer}
            options={WEEKS.map((each) => [each, words.weeks[each]])}
            chosen={[form.values.closer]}
            onChange={([closer]) => form.set('closer', closer ?? '14')}
          />
        )}
      </FormFrame>
    </section>
  )
}
