import { addGoal, getCitizen } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen, GoalOrigin } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'

const LONGEST = 300

/** Writes down a goal; one sentence is a whole goal. */
export function NewGoal({ citizenId }: { citizenId: string }) {
  const text = staffText()
  const found = useResource(`citizen:${citizenId}`, 0, () => getCitizen(citizenId))
  if (found.data) return <GoalForm citizen={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

function GoalForm({ citizen }: { citizen: Citizen }) {
  const text = staffText()
  const page = `/staff/people/${citizen.id}`
  const form = useForm({
    key: `goal:${citizen.id}`,
    initial: () => ({ id: newIdentifier(), title: '', origin: 'citizen' }),
    check: ({ title }): Record<string, string> => (title.trim() ? {} : { title: staffText().problem.required }),
    send: async ({ id, title, origin }) => {
      await addGoal(citizen.id, { id, title: title.trim(), origin: origin as GoalOrigin })
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.goals.addTitle(citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={{ title: text.goals.label, origin: text.goals.originLabel }}
        summary={text.problem.summary}
        submit={text.goals.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <TextField
          id="title"
          label={text.goals.label}
          hint={text.goals.labelHint}
          error={form.trouble.fields?.['title']}
          value={form.values.title}
          inputAttributes={{ maxLength: LONGEST }}
          onInput={(value) => form.set('title', value)}
        />
        <ChoiceGroup
          id="origin"
          label={text.goals.originLabel}
          error={form.trouble.fields?.['origin']}
          options={[
            ['citizen', text.goals.origins.citizen],
            ['staff', text.goals.origins.staff],
          ]}
          chosen={[form.values.origin]}
          onChange={([origin]) => form.set('origin', origin ?? 'citizen')}
        />
      </FormFrame>
    </section>
  )
}
