import { setScaling, type WholeGoal } from '../../api/staffGoals'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { sayStandsNow } from '../../text/standsNow'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import type { SharedForm } from '../../ui/sharedForm'
import { useGoalForm } from './goalForm'
import { LEVEL_FIELDS, type Scaled, startScaling, toScaling } from './scaling'
import { LEVELS, sayLevel, WEIGHTS } from './wording'
import { WithGoal } from './WithGoal'

const LONGEST = 300

/** Importance, difficulty and the five levels: filled in together, and only where it helps. */
export function ScalingForm({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  return <WithGoal goalId={goalId}>{({ goal }) => <LevelsForm citizenId={citizenId} goal={goal} />}</WithGoal>
}

/** The levels as they stand, with what was put into words here meanwhile. */
export function useScalingForm(page: string, goal: WholeGoal): SharedForm<Scaled> {
  return useGoalForm<Scaled>({
    key: `scaling:${goal.id}`,
    goal,
    valuesOf: (found) => startScaling(found.scaling),
    send: async (values, seen) => {
      await setScaling(goal.id, seen.current.version, toScaling(values))
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
  })
}

function LevelsForm({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const text = staffText()
  const { scaling, none } = staffGoalsText()
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const shared = useScalingForm(page, goal)
  const { form, theirs } = shared
  return (
    <section class="page">
      <PageHeading>{scaling.title}</PageHeading>
      <p>{scaling.lead}</p>
      <FormFrame form={form} labels={{}} summary={text.problem.summary} submit={scaling.submit} cancel={{ href: page, label: text.cancel }}>
        <Weights shared={shared} />
        {LEVEL_FIELDS.map((field, place) => (
          <TextField
            key={field}
            id={field}
            label={scaling.levels[LEVELS[place] ?? '0']}
            hint={sayStandsNow(theirs[field], none)}
            value={form.values[field]}
            inputAttributes={{ maxLength: LONGEST }}
            onInput={(value) => form.set(field, value)}
          />
        ))}
        <Chosen shared={shared} />
      </FormFrame>
    </section>
  )
}

interface PartProps {
  shared: SharedForm<Scaled>
}

function Weights({ shared: { form, theirs } }: PartProps) {
  const { scaling, none } = staffGoalsText()
  const say = (weight: string) => (scaling.weights as Record<string, string>)[weight] ?? weight
  return (
    <div class="side-by-side">
      {(['importance', 'difficulty'] as const).map((name) => (
        <SelectField
          key={name}
          id={name}
          label={scaling[name]}
          hint={sayStandsNow(theirs[name], none, say)}
          options={WEIGHTS.map((each) => [each, scaling.weights[each]])}
          value={form.values[name]}
          onChange={(value) => form.set(name, value)}
        />
      ))}
    </div>
  )
}

function Chosen({ shared: { form, theirs } }: PartProps) {
  const words = staffGoalsText()
  const { scaling, none } = words
  const options = [['', scaling.weights['']], ...LEVELS.map((each) => [each, scaling.levels[each]])] as [string, string][]
  const say = (level: string) => sayLevel(Number(level), words)
  return (
    <>
      <SelectField
        id="baseline"
        label={scaling.baseline}
        hint={sayStandsNow(theirs.baseline, none, say) ?? scaling.baselineHint}
        options={options}
        value={form.values.baseline}
        onChange={(value) => form.set('baseline', value)}
      />
      <SelectField
        id="reached"
        label={scaling.reached}
        hint={sayStandsNow(theirs.reached, none, say)}
        options={options}
        value={form.values.reached}
        onChange={(value) => form.set('reached', value)}
      />
    </>
  )
}
