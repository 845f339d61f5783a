import { changeGoal, type WholeGoal } from '../../api/staffGoals'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { SelectField } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { changesOf, checkGoal, DetailFields, type GoalValues, TitleField } from './GoalFields'
import { useVersion } from './version'
import { WithGoal } from './WithGoal'

const ACHIEVEMENTS = ['', 'in-progress', 'improving', 'no-change', 'worsening', 'achieved', 'not-achieved'] as const

type Edited = GoalValues & { achievement: string }

function startFrom(goal: WholeGoal): Edited {
  const { title, kind, theme, review_on, achievement } = goal
  return { title, kind: kind ?? '', theme: theme ?? '', review_on: review_on ?? '', achievement: achievement ?? '' }
}

/** Changes what is said of a goal; what a colleague changed meanwhile in another field stays. */
export function EditGoal({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  return <WithGoal goalId={goalId}>{({ goal }) => <EditForm citizenId={citizenId} goal={goal} />}</WithGoal>
}

function EditForm({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const text = staffText()
  const words = staffGoalsText()
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const before = startFrom(goal)
  const { version, explainStale } = useVersion(goal)
  const form = useForm<Edited>({
    key: `edit-goal:${goal.id}`,
    initial: () => before,
    check: (values) => checkGoal(values, before.review_on),
    send: async (values) => {
      const change = changesOf(values, before)
      if (Object.keys(change).length > 0) await changeGoal(goal.id, version.current, change)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: explainStale,
  })
  return (
    <section class="page">
      <PageHeading>{words.edit}</PageHeading>
      <FormFrame
        form={form}
        labels={{ title: words.label, review_on: words.reviewLabel }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <TitleField form={form} />
        <DetailFields form={form} />
        <SelectField
          id="achievement"
          label={words.achievementLabel}
          options={ACHIEVEMENTS.map((each) => [each, words.achievements[each]])}
          value={form.values.achievement}
          onChange={(value) => form.set('achievement', value)}
        />
      </FormFrame>
    </section>
  )
}
