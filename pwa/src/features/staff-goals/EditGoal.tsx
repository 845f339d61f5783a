import { changeGoal, type WholeGoal } from '../../api/staffGoals'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { sayStandsNow } from '../../text/standsNow'
import { SelectField } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import type { SharedForm } from '../../ui/sharedForm'
import { useGoalForm } from './goalForm'
import { changesOf, checkGoal, DetailFields, type GoalValues, TitleField } from './GoalFields'
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

/** The form; only what was changed in it is sent. */
export function useEditForm(page: string, goal: WholeGoal): SharedForm<Edited> {
  return useGoalForm<Edited>({
    key: `edit-goal:${goal.id}`,
    goal,
    valuesOf: startFrom,
    check: (values, before) => checkGoal(values, before.review_on),
    send: async (values, seen) => {
      const change = changesOf(values, seen.current.values)
      if (Object.keys(change).length > 0) await changeGoal(goal.id, seen.current.version, change)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
  })
}

function EditForm({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const text = staffText()
  const words = staffGoalsText()
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const { form, theirs } = useEditForm(page, goal)
  const sayAchievement = (told: string) => (words.achievements as Record<string, string>)[told] ?? told
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
        <TitleField form={form} theirs={theirs} />
        <DetailFields form={form} theirs={theirs} />
        <SelectField
          id="achievement"
          label={words.achievementLabel}
          hint={sayStandsNow(theirs.achievement, words.none, sayAchievement)}
          options={ACHIEVEMENTS.map((each) => [each, words.achievements[each]])}
          value={form.values.achievement}
          onChange={(value) => form.set('achievement', value)}
        />
      </FormFrame>
    </section>
  )
}
