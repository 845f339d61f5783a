import { type Scaling, setScaling, type WholeGoal } from '../../api/staffGoals'
import { staffText } from '../../text/staff'
import { type StaffGoalsText, staffGoalsText } from '../../text/staffGoals'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm, type Values } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { levelsFrom, type Scaled, startScaling, toScaling } from './scaling'
import { useVersion } from './version'
import { LEVELS, WEIGHTS } from './wording'
import { WithGoal } from './WithGoal'

const LONGEST = 300

/** Importance, difficulty and the five levels: filled in together, and only where it helps. */
export function ScalingForm({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  return <WithGoal goalId={goalId}>{({ goal }) => <LevelsForm citizenId={citizenId} goal={goal} />}</WithGoal>
}

function LevelsForm({ citizenId, goal }: { citizenId: string; goal: WholeGoal }) {
  const text = staffText()
  const { scaling } = staffGoalsText()
  const page = `/staff/people/${citizenId}/goals/${goal.id}`
  const { version, explainStale } = useVersion(goal)
  const form = useForm<Scaled & Values>({
    key: `scaling:${goal.id}`,
    initial: () => startScaling(goal.scaling),
    send: async (values) => {
      await setScaling(goal.id, version.current, toScaling(values) satisfies Scaling)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: explainStale,
  })
  return (
    <section class="page">
      <PageHeading>{scaling.title}</PageHeading>
      <p>{scaling.lead}</p>
      <FormFrame form={form} labels={{}} summary={text.problem.summary} submit={scaling.submit} cancel={{ href: page, label: text.cancel }}>
        <Weights form={form} words={scaling} />
        {LEVELS.map((level, place) => (
          <TextField
            key={level}
            id={`level-${place}`}
            label={scaling.levels[level]}
            value={form.values.levels[place] ?? ''}
            inputAttributes={{ maxLength: LONGEST }}
            onInput={(value) => form.set('levels', levelsFrom(form.values.levels, place, value))}
          />
        ))}
        <Chosen form={form} words={scaling} />
      </FormFrame>
    </section>
  )
}

interface PartProps {
  form: FormState<Scaled & Values>
  words: StaffGoalsText['scaling']
}

function Weights({ form, words }: PartProps) {
  return (
    <div class="side-by-side">
      {(['importance', 'difficulty'] as const).map((name) => (
        <SelectField
          key={name}
          id={name}
          label={words[name]}
          options={WEIGHTS.map((each) => [each, words.weights[each]])}
          value={form.values[name]}
          onChange={(value) => form.set(name, value)}
        />
      ))}
    </div>
  )
}

function Chosen({ form, words }: PartProps) {
  const options = [['', words.weights['']], ...LEVELS.map((each) => [each, words.levels[each]])] as [string, string][]
  return (
    <>
      <SelectField
        id="baseline"
        label={words.baseline}
        hint={words.baselineHint}
        options={options}
        value={form.values.baseline}
        onChange={(value) => form.set('baseline', value)}
      />
      <SelectField id="reached" label={words.reached} options={options} value={form.values.reached} onChange={(value) => form.set('reached', value)} />
    </>
  )
}
