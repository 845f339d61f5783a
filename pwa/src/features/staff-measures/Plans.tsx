import { ApiProblem } from '../../api/client'
import { beginPlan, changePlan, type Measures, type ShownPlan, type ShownWindow } from '../../api/staffMeasures'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffMeasuresText } from '../../text/staffMeasures'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Choices'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDate } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { lastDay, nameOf, windowName } from './naming'

const say = (day: string) => sayDate(day, language.value, new Date())

function Row({ window }: { window: ShownWindow }) {
  const words = staffMeasuresText().plans
  return (
    <tr>
      <th scope="row">{windowName(window.key)}</th>
      <td>{say(window.due_on)}</td>
      <td class="measures-until">{say(lastDay(window.expires_on))}</td>
      <td>{words.states[window.state]}</td>
    </tr>
  )
}

function Windows({ plan }: { plan: ShownPlan }) {
  const words = staffMeasuresText().plans
  return (
    <div class="measures-wide" role="region" aria-label={nameOf(plan.code)} tabIndex={0}>
      <table class="measures">
        <thead>
          <tr>
            <th scope="col">{words.window}</th>
            <th scope="col">{words.day}</th>
            <th scope="col" class="measures-until">
              {words.until}
            </th>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {plan.windows.map((window) => (
            <Row key={window.key} window={window} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function spanOf({ start_on: from, end_on: to, status, withdrawn_by: by, withdrawn_on: on }: ShownPlan): string {
  const words = staffMeasuresText().plans
  if (status === 'withdrawn' && by && on) return words.stoppedBy[by](say(on))
  return to === null ? words.from(say(from)) : words.span(say(from), say(to))
}

function Change({ plan, onDone }: { plan: ShownPlan; onDone: () => void }) {
  const text = staffText()
  const words = staffMeasuresText().plans
  const form = useForm<{ end_on: string }>({
    key: `measure-plan:${plan.id}:${plan.version}`,
    initial: () => ({ end_on: plan.end_on ?? '' }),
    send: async ({ end_on: day }) => {
      await changePlan(plan, { end_on: day || null })
      sayDone(staffText().saved)
      onDone()
    },
    explain: (error) => explain(error, staffText()),
  })
  const stop = async () => {
    try {
      await changePlan(plan, { status: 'withdrawn' })
      sayDone(words.stopped)
    } catch (error) {
      sayDone(explain(error, staffText()).message ?? '')
    }
    onDone()
  }
  const field = `end-${plan.code}`
  return (
    <details class="more no-print">
      <summary>
        {words.change}
        <span class="visually-hidden">: {nameOf(plan.code)}</span>
      </summary>
      <FormFrame form={form} labels={{ end_on: words.end }} controls={{ end_on: field }} summary={text.problem.summary} submit={words.saveEnd}>
        <TextField
          id={field}
          type="date"
          label={words.end}
          hint={words.endHint}
          error={form.trouble.fields?.['end_on']}
          value={form.values.end_on}
          onInput={(day) => form.set('end_on', day)}
        />
      </FormFrame>
      <Button kind="quiet" onClick={() => void stop()}>
        {words.stop}
      </Button>
    </details>
  )
}

/** What a person is asked, window by window, as far as shared answers tell of it. */
export function Plans({ plans, onDone }: { plans: readonly ShownPlan[]; onDone: () => void }) {
  const words = staffMeasuresText().plans
  return (
    <section aria-labelledby="measure-plans">
      <h2 id="measure-plans">{words.title}</h2>
      {plans.length === 0 && <p class="empty">{words.none}</p>}
      {plans.map((plan) => (
        <div key={`${plan.id}:${plan.version}`} class="measures-one">
          <h3>{nameOf(plan.code)}</h3>
          <p class="quiet">{spanOf(plan)}</p>
          {plan.status === 'active' && <Windows plan={plan} />}
          {plan.status === 'active' && <Change plan={plan} onDone={onDone} />}
        </div>
      ))}
    </section>
  )
}

interface Beginning extends Record<string, string> {
  code: string
  start_on: string
}

/** Asks for one questionnaire from a day on. */
export function Begin({ citizenId, found, onDone }: { citizenId: string; found: Measures; onDone: () => void }) {
  const text = staffText()
  const words = staffMeasuresText().begin
  const open = found.offered.filter((code) => !found.plans.some((plan) => plan.code === code && plan.status === 'active'))
  const form = useForm<Beginning>({
    key: `measure-begin:${citizenId}:${open.join()}`,
    initial: () => ({ code: open[0] ?? '', start_on: copenhagenWall(new Date()).date }),
    check: ({ start_on: day }) => (day === '' ? { start_on: text.problem.required } : {}),
    send: async ({ code, start_on }) => {
      await beginPlan(citizenId, { code, start_on, end_on: null })
      sayDone(words.done)
      onDone()
    },
    explain: (error) => (error instanceof ApiProblem && error.code === 'already-asked' ? { message: words.asked } : explain(error, staffText())),
  })
  return (
    <section aria-labelledby="measure-begin" class="no-print">
      <h2 id="measure-begin">{words.title}</h2>
      {open.length === 0 ? (
        <p class="empty">{words.nothing}</p>
      ) : (
        <FormFrame form={form} labels={{ code: words.code, start_on: words.start }} summary={text.problem.summary} submit={words.submit}>
          <SelectField
            id="code"
            label={words.code}
            options={open.map((code) => [code, nameOf(code)] as const)}
            value={form.values.code}
            onChange={(code) => form.set('code', code)}
          />
          <TextField
            id="start_on"
            type="date"
            label={words.start}
            hint={words.hint}
            error={form.trouble.fields?.['start_on']}
            value={form.values.start_on}
            onInput={(day) => form.set('start_on', day)}
          />
        </FormFrame>
      )}
    </section>
  )
}
