import { endRelation, getCitizen } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { CareRelation, Citizen } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { missingIn } from './choosing'
import { Found } from './Found'

interface Ending {
  citizen: Citizen
  relation: CareRelation
}

/** Ends a colleague's access to a person, with a reason. */
export function EndRelation({ citizenId, relationId }: { citizenId: string; relationId: string }) {
  const find = async (): Promise<Ending | undefined> => {
    const citizen = await getCitizen(citizenId)
    const relation = citizen.relations.find((one) => one.id === relationId)
    return relation && { citizen, relation }
  }
  return (
    <Found subject={`ending:${relationId}`} find={find}>
      {(ending) => <EndForm ending={ending} />}
    </Found>
  )
}

function EndForm({ ending }: { ending: Ending }) {
  const text = staffText()
  const { citizen, relation } = ending
  const page = `/staff/people/${citizen.id}`
  const form = useForm({
    key: `end:${relation.id}`,
    initial: () => ({ reason: '' }),
    check: (values) => missingIn(values, staffText()),
    send: async ({ reason }) => {
      await endRelation(relation.id, reason.trim())
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.care.endTitle(relation.staff_name, citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={{ reason: text.care.reason }}
        summary={text.problem.summary}
        submit={text.care.submitEnd}
        cancel={{ href: page, label: text.cancel }}
      >
        <TextField
          id="reason"
          label={text.care.reason}
          hint={text.care.reasonHint}
          error={form.trouble.fields?.['reason']}
          value={form.values.reason}
          inputAttributes={{ maxLength: 500 }}
          onInput={(value) => form.set('reason', value)}
        />
      </FormFrame>
    </section>
  )
}
