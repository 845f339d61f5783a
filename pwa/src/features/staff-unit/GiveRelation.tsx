import { getCitizen, giveRelation, listColleagues } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen, Colleague } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { AboveFigure } from '../staff-gauge/OwnGauge'
import { colleagueOptions, missingIn } from './choosing'
import { Found } from './Found'

interface Both {
  citizen: Citizen
  colleagues: Colleague[]
}

async function fetchBoth(citizenId: string): Promise<Both> {
  const [citizen, colleagues] = await Promise.all([getCitizen(citizenId), listColleagues()])
  return { citizen, colleagues }
}

/** Gives a colleague access to a person, with a reason. */
export function GiveRelation({ citizenId }: { citizenId: string }) {
  return (
    <Found subject={`relation:${citizenId}`} find={() => fetchBoth(citizenId)}>
      {(both) => <GiveForm both={both} />}
    </Found>
  )
}

function GiveForm({ both }: { both: Both }) {
  const text = staffText()
  const { citizen } = both
  const page = `/staff/people/${citizen.id}`
  const form = useForm({
    key: `give:${citizen.id}`,
    initial: () => ({ staff_id: '', role: 'contact-person', reason: '' }),
    check: ({ staff_id, reason }) => missingIn({ staff_id, reason }, staffText()),
    send: async ({ staff_id, role, reason }) => {
      await giveRelation(citizen.id, { staff_id, role, reason: reason.trim() })
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  const { values, set, trouble } = form
  return (
    <section class="page">
      <PageHeading>{text.care.giveTitle(citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={{ staff_id: text.care.colleague, role: text.care.role, reason: text.care.reason }}
        summary={text.problem.summary}
        submit={text.care.submitGive}
        cancel={{ href: page, label: text.cancel }}
      >
        <SelectField
          id="staff_id"
          label={text.care.colleague}
          error={trouble.fields?.['staff_id']}
          options={colleagueOptions(both.colleagues, text)}
          value={values.staff_id}
          onChange={(value) => set('staff_id', value)}
        />
        <AboveFigure staffId={values.staff_id} role={values.role} />
        <ChoiceGroup
          id="role"
          label={text.care.role}
          error={trouble.fields?.['role']}
          options={[
            ['contact-person', text.relation['contact-person']],
            ['care-team', text.relation['care-team']],
          ]}
          chosen={[values.role]}
          onChange={([role]) => set('role', role ?? 'contact-person')}
        />
        <TextField
          id="reason"
          label={text.care.reason}
          hint={text.care.reasonHint}
          error={trouble.fields?.['reason']}
          value={values.reason}
          inputAttributes={{ maxLength: 500 }}
          onInput={(value) => set('reason', value)}
        />
      </FormFrame>
    </section>
  )
}
