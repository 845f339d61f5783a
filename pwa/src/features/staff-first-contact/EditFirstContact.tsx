import { changeCitizen, getCitizen } from '../../api/staff'
import { fetchGuarantee, type GuaranteeRules, letDaysCount, waive, type WaiverReason } from '../../api/staffConsole'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffConsoleText } from '../../text/staffConsole'
import { sayStandsNow } from '../../text/standsNow'
import { ChoiceGroup } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { type SharedForm, type Standing, useSharedForm } from '../../ui/sharedForm'
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

type Contact = Record<'seeks' | 'waiver', string>

/** The reason that stands now is found by its words: the page needs no other name for it. */
function standingOf({ first_contact: said, version }: Citizen, rules: GuaranteeRules): Standing<Contact> {
  const waiver = rules.waivers.find((one) => one.da === said.waived?.da)?.code ?? ''
  return { version, values: { seeks: said.seeks ?? '', waiver } }
}

function doDaysCount(seeks: string, rules: GuaranteeRules): boolean {
  return rules.sought.find((one) => one.id === seeks)?.law !== null
}

/** Two things are written one after the other; what the first has become is what another try builds on. */
export function useContactForm(page: string, { citizen, rules }: Both): SharedForm<Contact> {
  return useSharedForm<Contact>({
    key: `first-contact:${citizen.id}`,
    standing: standingOf(citizen, rules),
    send: async ({ seeks, waiver }, seen) => {
      const { version, values: before } = seen.current
      if (seeks !== before.seeks) {
        const now = await changeCitizen(citizen.id, version, { seeks: seeks || null })
        seen.current = { version: now.version, values: { ...before, seeks } }
      }
      if (waiver !== before.waiver && doDaysCount(seeks, rules)) {
        await (waiver ? waive(citizen.id, waiver as WaiverReason) : letDaysCount(citizen.id))
      }
      sayDone(staffText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
    newest: async () => standingOf(await getCitizen(citizen.id), rules),
    changed: () => staffText().problem.stale,
  })
}

function Editor({ both }: { both: Both }) {
  const text = staffText()
  const words = staffConsoleText().days
  const { citizen, rules } = both
  const page = `/staff/people/${citizen.id}`
  const { form, theirs } = useContactForm(page, both)
  const { values, set, trouble } = form
  const sayService = (id: string) => rules.sought.find((one) => one.id === id)?.[language.value] ?? id
  const sayReason = (code: string) => words.toldAs(rules.waivers.find((one) => one.code === code)?.[language.value] ?? code)
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
          hint={sayStandsNow(theirs.seeks, words.seeksUnknown, sayService) ?? words.seeksHint}
          error={trouble.fields?.['seeks']}
          options={[
            ['', words.seeksUnknown],
            ...rules.sought.map((one) => [one.id, one.law ? one[language.value] : words.noClock(one[language.value])] as const),
          ]}
          chosen={[values.seeks]}
          onChange={([seeks]) => set('seeks', seeks ?? '')}
        />
        {doDaysCount(values.seeks, rules) && (
          <ChoiceGroup
            id="waiver"
            label={words.waiverLabel}
            hint={sayStandsNow(theirs.waiver, words.counts, sayReason) ?? words.waiverHint}
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
