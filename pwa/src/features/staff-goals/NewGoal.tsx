import { addGoal, type GoalKind, type GoalTheme } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import type { Citizen, GoalOrigin } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { ChoiceGroup } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { WithCitizen } from '../staff-person/WithCitizen'
import { checkGoal, DetailFields, type GoalValues, TitleField } from './GoalFields'

interface NewValues extends GoalValues {
  id: string
  origin: string
}

/** Writes down a goal; one sentence is a whole goal. A suggestion of ours waits for the person's yes. */
export function NewGoal({ citizenId }: { citizenId: string }) {
  return <WithCitizen citizenId={citizenId}>{(citizen) => <GoalForm citizen={citizen} />}</WithCitizen>
}

async function send(citizenId: string, { id, title, origin, kind, theme, review_on }: NewValues): Promise<void> {
  const details = { ...(kind && { kind: kind as GoalKind }), ...(theme && { theme: theme as GoalTheme }), ...(review_on && { review_on }) }
  await addGoal(citizenId, { id, title: title.trim(), origin: origin as GoalOrigin, ...details })
}

function GoalForm({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const words = staffGoalsText()
  const page = `/staff/people/${citizen.id}`
  const form = useForm<NewValues>({
    key: `goal:${citizen.id}`,
    initial: () => ({ id: newIdentifier(), title: '', origin: 'citizen', kind: '', theme: '', review_on: '' }),
    check: (values) => checkGoal(values),
    send: async (values) => {
      await send(citizen.id, values)
      sayDone(staffText().saved)
      navigate(`${page}/goals/${values.id}`, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{words.addTitle(citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={{ title: words.label, origin: words.originLabel, review_on: words.reviewLabel }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <TitleField form={form} />
        <ChoiceGroup
          id="origin"
          label={words.originLabel}
          hint={form.values.origin === 'staff' ? words.propose : undefined}
          error={form.trouble.fields?.['origin']}
          options={[
            ['citizen', words.ideas.citizen],
            ['staff', words.ideas.staff],
          ]}
          chosen={[form.values.origin]}
          onChange={([origin]) => form.set('origin', origin ?? 'citizen')}
        />
        <DetailFields form={form} />
      </FormFrame>
    </section>
  )
}
