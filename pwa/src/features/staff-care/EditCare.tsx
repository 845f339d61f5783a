import { useRef, useState } from 'preact/hooks'
import { type CareAtCentre, getCarePlan, writeCarePlan } from '../../api/staffCare'
import { explain } from '../../api/staffProblems'
import { methodName } from '../../text/careNames'
import { staffText } from '../../text/staff'
import { staffCareText } from '../../text/staffCare'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, type Trouble, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { WordsField } from '../staff-goals/WordsField'
import { AboutChildren } from './CarePage'
import { bothChanged, type CareValues, mergeCare, type Part, PARTS, planOf, valuesOf } from './careValues'
import { WithCare } from './WithCare'

const LONGEST = 4000
const CHILDREN = ['not-asked', 'none', 'at-home'] as const

/** Writes the next version of what was agreed, together with the person. */
export function EditCare({ citizenId }: { citizenId: string }) {
  return <WithCare citizenId={citizenId}>{(plan) => <EditForm citizenId={citizenId} plan={plan} />}</WithCare>
}

/** The form, with what a colleague saved meanwhile put into it: nobody's words go. */
function useCareForm(citizenId: string, plan: CareAtCentre) {
  const seen = useRef(plan)
  const [theirs, setTheirs] = useState<Partial<Record<Part, string>>>({})
  const form: FormState<CareValues> = useForm<CareValues>({
    key: `care:${citizenId}`,
    initial: () => valuesOf(plan),
    send: async (values) => {
      await writeCarePlan(citizenId, seen.current.version, planOf(values))
      sayDone(staffText().saved)
      navigate(`/staff/people/${citizenId}/care-plan`, { replace: true })
    },
    explain: async (error, values): Promise<Trouble> => {
      const found = explain(error, staffText())
      if (!found.stale) return found
      const newest = await getCarePlan(citizenId)
      const [before, now] = [valuesOf(seen.current), valuesOf(newest)]
      const merged = mergeCare(before, values, now)
      for (const name of Object.keys(merged) as (keyof CareValues & string)[]) form.set(name, merged[name] as never)
      setTheirs(bothChanged(before, values, now))
      seen.current = newest
      return { message: staffCareText().changed }
    },
  })
  return { form, theirs }
}

function EditForm({ citizenId, plan }: { citizenId: string; plan: CareAtCentre }) {
  const text = staffText()
  const words = staffCareText()
  const { form, theirs } = useCareForm(citizenId, plan)
  const methods = [...new Set([...plan.offered_methods, ...plan.methods])]
  return (
    <section class="page">
      <PageHeading>{words.title}</PageHeading>
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
            hint={theirs[part] === undefined ? words.hints[part] : words.standsNow(theirs[part])}
            error={form.trouble.fields?.[part]}
            rows={4}
            maxLength={LONGEST}
            value={form.values[part]}
            onInput={(value) => form.set(part, value)}
          />
        ))}
        {methods.length > 0 && (
          <ChoiceGroup
            id="methods"
            many
            label={words.methods}
            hint={words.methodsHint}
            error={form.trouble.fields?.['methods']}
            options={methods.map((id) => [id, methodName(id)])}
            chosen={form.values.methods}
            onChange={(chosen) => form.set('methods', chosen)}
          />
        )}
        <ChoiceGroup
          id="children"
          label={words.children}
          options={CHILDREN.map((each) => [each, words.childrenAnswers[each]])}
          chosen={[form.values.children]}
          onChange={([chosen]) => form.set('children', chosen ?? 'not-asked')}
        />
        {form.values.children === 'at-home' && <AboutChildren />}
        <TextField
          id="review_on"
          type="date"
          label={words.review}
          error={form.trouble.fields?.['review_on']}
          value={form.values.review_on}
          onInput={(value) => form.set('review_on', value)}
        />
      </FormFrame>
    </section>
  )
}
