import { changeCitizen, getCitizen } from '../../api/staff'
import { fetchGuarantee, type GuaranteeRules, letDaysCount, waive, type WaiverReason } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { ChoiceGroup } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { Found } from '../staff-unit/Found'

interface Both {
  citizen: Citizen
  rules: GuaranteeRules
}

async function fetchBoth(citizenId: string): Promise<Both> {
  const [citizen, rules] = await Promise.all([getCitizen(citizenId), fetchGuarantee()])
  return { citizen, rules }
}

/** What the person came for, and whether the 14 days count. */
export function EditFirstContact({ citizenId }: { citizenId: string }) {
  return (
    <Found subject={`first-contact:${citizenId}`} find={() => fetchBoth(citizenId)}>
      {(both) => <Editor both={both} />}
    </Found>
  )
}

/** The reason that stands now, found by its words: the page needs no other name for it. */
function standing({ citizen, rules }: Both): string {
  const said = citizen.first_contact.waived
  return rules.waivers.find((one) => one.da === said?.da)?.code ?? ''
}

async function save({ citizen, rules }: Both, seeks: string, waiver: string): Promise<void> {
  const before = standing({ citizen, rules })
  if (seeks !== (citizen.first_contact.seeks ?? '')) {
    await changeCitizen(citizen.id, citizen.version, { seeks: seeks || null })
  }
  const counts = rules.sought.find((one) => one.id === seeks)?.law !== null
  if (waiver === before || !counts) return
  if (waiver) await waive(citizen.id, waiver as WaiverReason)
  else await letDaysCount(citizen.id)
}

function Editor({ both }: { both: Both }) {
  const text = staffText()
  const words = staffConsoleText().days
  const { citizen, rules } = both
  const page = `/staff/people/${citizen.id}`
  const form = useForm({
    key: `first-contact:${citizen.id}`,
    initial: () => ({ seeks: citizen.first_contact.seeks ?? '', waiver: standing(both) }),
    send: async ({ seeks, waiver }) => {
      await save(both, seeks, waiver)
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  const { values, set, trouble } = form
  const counts = rules.sought.find((one) => one.id === values.seeks)?.law !== null
  return (
    <section class="page">
      <PageHeading>{words.editTitle(citizen.alias)}</PageHeading>
      <FormFrame
        form={form}
        labels={{ seeks: words.seeksLabel, waiver: words.waiverLabel }}
        summary={text.problem.summary}
        submit={text.save}
        cancel={{ href: page, label: text.cancel }}
      >
        <ChoiceGroup
          id="seeks"
          label={words.seeksLabel}
          hint={words.seeksHint}
          error={trouble.fields?.['seeks']}
          options={[
            ['', words.seeksUnknown],
            ...rules.sought.map((one) => [one.id, one.law ? one[language.value] : words.noClock(one[language.value])] as const),
          ]}
          chosen={[values.seeks]}
          onChange={([seeks]) => set('seeks', seeks ?? '')}
        />
        {counts && (
          <ChoiceGroup
            id="waiver"
            label={words.waiverLabel}
            hint={words.waiverHint}
            error={trouble.fields?.['waiver']}
            options={[['', words.counts], ...rules.waivers.map((one) => [one.code, words.toldAs(one[language.value])] as const)]}
            chosen={[values.waiver]}
            onChange={([waiver]) => set('waiver', waiver ?? '')}
          />
        )}
      </FormFrame>
    </section>
  )
}
