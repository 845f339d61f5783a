import { type CareAtCentre, type PhaseStep, setPhase } from '../../api/staffCare'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { phaseName } from '../../text/careNames'
import { staffText } from '../../text/staff'
import { staffCareText } from '../../text/staffCare'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDate } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'

interface NewPhase extends Record<string, string> {
  code: string
  from_on: string
}

function say(step: PhaseStep): string {
  const { phase } = staffCareText()
  const day = sayDate(step.from_on, language.value, new Date())
  return step.code === null ? phase.ended(day) : phase.now(phaseName(step.code), day)
}

/** Where in the effort somebody is. Nothing at a centre that has no phases. */
export function Phases({ citizenId, plan }: { citizenId: string; plan: CareAtCentre }) {
  const { phase: words } = staffCareText()
  const [newest, ...earlier] = plan.phases
  if (!newest && plan.offered_phases.length === 0) return null
  return (
    <section aria-labelledby="phase-heading">
      <h2 id="phase-heading">{words.title}</h2>
      <p>{newest ? say(newest) : words.none}</p>
      {earlier.length > 0 && (
        <details class="more">
          <summary>{words.earlier}</summary>
          <ul>
            {earlier.map((step) => (
              <li key={`${step.code ?? ''}:${step.from_on}`}>{say(step)}</li>
            ))}
          </ul>
        </details>
      )}
      {plan.offered_phases.length > 0 && <PhaseForm key={plan.phases.length} citizenId={citizenId} plan={plan} />}
    </section>
  )
}

function PhaseForm({ citizenId, plan }: { citizenId: string; plan: CareAtCentre }) {
  const text = staffText()
  const { phase: words } = staffCareText()
  const today = copenhagenWall(new Date()).date
  const form = useForm<NewPhase>({
    key: `phase:${citizenId}`,
    initial: () => ({ code: plan.phases[0]?.code ?? '', from_on: today }),
    check: ({ from_on: day }) => {
      if (day === '') return { from_on: text.problem.required }
      return day > today ? { from_on: words.ahead } : {}
    },
    send: async ({ code, from_on }) => {
      await setPhase(citizenId, { code: code || null, from_on })
      sayDone(staffText().saved)
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <div class="no-print">
      <FormFrame form={form} labels={{ code: words.label, from_on: words.from }} summary={text.problem.summary} submit={words.submit}>
        <SelectField
          id="code"
          label={words.label}
          options={[['', words.none], ...plan.offered_phases.map((code) => [code, phaseName(code)] as const)]}
          value={form.values.code}
          onChange={(code) => form.set('code', code)}
        />
        <TextField
          id="from_on"
          type="date"
          label={words.from}
          error={form.trouble.fields?.['from_on']}
          value={form.values.from_on}
          onInput={(day) => form.set('from_on', day)}
        />
      </FormFrame>
    </div>
  )
}
