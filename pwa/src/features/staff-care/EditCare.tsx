import { type CareAtCentre, type Children, getCarePlan, writeCarePlan } from '../../api/staffCare'
import { explain } from '../../api/staffProblems'
import { methodName } from '../../text/careNames'
import { staffText } from '../../text/staff'
import { staffCareText } from '../../text/staffCare'
import { sayStandsNow } from '../../text/standsNow'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { type SharedForm, type Standing, useSharedForm } from '../../ui/sharedForm'
import { WordsField } from '../staff-goals/WordsField'
import { WithCitizen } from '../staff-person/WithCitizen'
import { AboutChildren } from './CarePage'
import { type CareValues, PARTS, planOf, valuesOf } from './careValues'
import { WithCare } from './WithCare'
import { sayCareDay } from './words'

const LONGEST = 4000
const CHILDREN = ['not-asked', 'none', 'at-home'] as const

/** Writes the next version of what was agreed, together with the person. */
export function EditCare({ citizenId }: { citizenId: string }) {
  return (
    <WithCitizen citizenId={citizenId}>
      {({ alias }) => <WithCare citizenId={citizenId}>{(plan) => <EditForm citizenId={citizenId} alias={alias} plan={plan} />}</WithCare>}
    </WithCitizen>
  )
}

const standingOf = (plan: CareAtCentre): Standing<CareValues> => ({ version: plan.version, values: valuesOf(plan) })

/** The form, with what a colleague saved meanwhile put into it: nobody's words go. */
export function useCareForm(citizenId: string, plan: CareAtCentre): SharedForm<CareValues> {
  return useSharedForm<CareValues>({
    key: `care:${citizenId}`,
    standing: standingOf(plan),
    send: async (values, seen) => {
      await writeCarePlan(citizenId, seen.current.version, planOf(values))
      sayDone(staffText().saved)
      navigate(`/staff/people/${citizenId}/care-plan`, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
    newest: async () => standingOf(await getCarePlan(citizenId)),
    changed: () => staffCareText().changed,
  })
}

function EditForm({ citizenId, alias, plan }: { citizenId: string; alias: string; plan: CareAtCentre }) {
  const text = staffText()
  const words = staffCareText()
  const shared = useCareForm(citizenId, plan)
  const { form, theirs } = shared
  return (
    <section class="page">
      <PageHeading>{words.titleOf(alias)}</PageHeading>
      <p>{words.lead}</p>
      <FormFrame
        form={form}
        labels={{ ...words.parts, methods: words.methods, children: words.children, review_on: words.review }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: `/staff/people/${citizenId}/care-plan`, label: text.cancel }}
      >
        {PARTS.map((part) => (
          <WordsField
            key={part}
            id={part}
            label={words.parts[part]}
            hint={sayStandsNow(theirs[part], words.unsaid) ?? words.hints[part]}
            error={form.trouble.fields?.[part]}
            rows={4}
            maxLength={LONGEST}
            value={form.values[part]}
            onInput={(value) => form.set(part, value)}
          />
        ))}
        <Choices shared={shared} plan={plan} />
        <TextField
          id="review_on"
          type="date"
          label={words.review}
          hint={sayStandsNow(theirs.review_on, words.unsaid, sayCareDay)}
          error={form.trouble.fields?.['review_on']}
          value={form.values.review_on}
          onInput={(value) => form.set('review_on', value)}
        />
      </FormFrame>
    </section>
  )
}

/** What the effort consists of, and whether children live in the home. */
function Choices({ shared: { form, theirs }, plan }: { shared: SharedForm<CareValues>; plan: CareAtCentre }) {
  const words = staffCareText()
  const methods = [...new Set([...plan.offered_methods, ...plan.methods, ...form.values.methods])]
  return (
    <>
      {methods.length > 0 && (
        <ChoiceGroup
          id="methods"
          many
          label={words.methods}
          hint={sayStandsNow(theirs.methods, words.unsaid, (ids) => ids.map(methodName).join(', ')) ?? words.methodsHint}
          error={form.trouble.fields?.['methods']}
          options={methods.map((id) => [id, methodName(id)])}
          chosen={form.values.methods}
          onChange={(chosen) => form.set('methods', chosen)}
        />
      )}
      <ChoiceGroup
        id="children"
        label={words.children}
        hint={sayStandsNow(theirs.children, words.unsaid, (answer) => words.childrenAnswers[answer as Children])}
        options={CHILDREN.map((each) => [each, words.childrenAnswers[each]])}
        chosen={[form.values.children]}
        onChange={([chosen]) => form.set('children', chosen ?? 'not-asked')}
      />
      {form.values.children === 'at-home' && <AboutChildren />}
    </>
  )
}
