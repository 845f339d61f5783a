import { type CallOutcome, type CallRow, getCitizen, listAppointments, recordOutcome } from '../../api/staffMissed'
import { explain } from '../../api/staffProblems'
import type { Appointment } from '../../api/staffTypes'
import { language } from '../../text/language'
import { missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import type { About } from './about'
import { explainCall, sayIfOffTheList } from './explain'
import { checkSaid, dayFromNow, LONGEST_NOTE, type Said, toOutcome } from './outcome'

const OUTCOMES: readonly CallOutcome[] = ['agreed', 'call-later', 'closed']

interface OutcomeProps {
  row: CallRow
  about: About
  onDone: () => void
  reload: () => Promise<readonly CallRow[] | undefined>
}

interface Known {
  phone: string | null
  ahead: Appointment[]
}

/** The number, and the appointments to which a yes may belong. */
async function fetchKnown(row: CallRow, about: About): Promise<Known> {
  const [person, all] = await Promise.all([getCitizen(row.citizen_id), listAppointments(row.citizen_id)])
  const now = Date.now()
  const mayBeMeant = (one: Appointment) => about.appointmentId === undefined || one.id === about.appointmentId
  const ahead = all.filter((one) => one.status === 'booked' && Date.parse(one.starts_at) > now && mayBeMeant(one))
  return { phone: person.phone, ahead }
}

/** The number to call, and what came of it. The number is asked for only now: opening a record is noted. */
export function OutcomeForm(props: OutcomeProps) {
  const text = staffText()
  const found = useResource(`call:${props.row.id}`, props.row.version, () => fetchKnown(props.row, props.about))
  if (found.data) return <Form {...props} known={found.data} />
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

function focusHeading(): void {
  document.querySelector<HTMLElement>('.page-heading')?.focus()
}

function Form({ row, about, onDone, reload, known }: OutcomeProps & { known: Known }) {
  const words = missedText()
  const form = useForm<Said>({
    key: `missed:${row.id}`,
    initial: () => ({ outcome: '', appointment_id: '', next_on: about.days.proposed, reason: '', note: '' }),
    check: (values) => checkSaid(choose(values, known.ahead), new Date(), about.wrong, about.days.latest),
    send: async (values) => {
      const said = toOutcome(choose(values, known.ahead))
      await recordOutcome(row, said)
      sayDone(about.done[said.outcome])
      onDone()
      focusHeading()
    },
    explain: async (error) => {
      sayIfOffTheList(row, await reload())
      return explainCall(explain(error, staffText(), about.wrong), error)
    },
  })
  return (
    <div class="missed-form">
      <dl class="facts">
        <div>
          <dt>{words.phone}</dt>
          <dd>{known.phone ? <a class="to-ring" href={`tel:${known.phone.replace(/[^+\d]/g, '')}`}>{known.phone}</a> : words.noPhone}</dd>
        </div>
      </dl>
      {about.appointmentId && (
        <p>
          {words.unreached.change} <a href={`/staff/people/${row.citizen_id}`}>{words.unreached.person}</a>
        </p>
      )}
      <FormFrame
        form={form}
        labels={{ outcome: words.outcome, appointment_id: words.appointment, next_on: about.nextOn, reason: words.reason, note: words.note }}
        summary={staffText().problem.summary}
        submit={words.submit}
      >
        <ChoiceGroup
          id="outcome"
          label={words.outcome}
          error={form.trouble.fields?.['outcome']}
          options={OUTCOMES.map((one) => [one, about.outcomes[one]])}
          chosen={[form.values.outcome]}
          onChange={([one]) => form.set('outcome', one ?? '')}
        />
        <Rest form={form} row={row} about={about} ahead={known.ahead} />
      </FormFrame>
    </div>
  )
}

/** With a single coming appointment there is nothing to choose. */
function choose(values: Said, ahead: readonly Appointment[]): Said {
  const isThere = ahead.some((one) => one.id === values.appointment_id)
  return { ...values, appointment_id: isThere ? values.appointment_id : ahead.length === 1 ? (ahead[0]?.id ?? '') : '' }
}

interface RestProps {
  form: FormState<Said>
  row: CallRow
  about: About
  ahead: readonly Appointment[]
}

function Rest({ form, row, about, ahead }: RestProps) {
  const words = missedText()
  const { values, trouble, set } = form
  return (
    <>
      {values.outcome === 'agreed' && !about.appointmentId && <Agreed form={form} row={row} ahead={ahead} />}
      {values.outcome === 'call-later' && (
        <TextField
          id="next_on"
          type="date"
          label={about.nextOn}
          error={trouble.fields?.['next_on']}
          value={values.next_on}
          inputAttributes={{ min: dayFromNow(0, new Date()), max: about.days.latest }}
          onInput={(value) => set('next_on', value)}
        />
      )}
      {values.outcome === 'closed' && (
        <SelectField
          id="reason"
          label={words.reason}
          error={trouble.fields?.['reason']}
          options={[['', words.chooseReason], ...about.reasons.map((one) => [one, words.reasons[one]] as const)]}
          value={values.reason}
          onChange={(value) => set('reason', value)}
        />
      )}
      <TextField
        id="note"
        label={words.note}
        hint={words.noteHint}
        error={trouble.fields?.['note']}
        value={values.note}
        inputAttributes={{ maxLength: LONGEST_NOTE }}
        onInput={(value) => set('note', value)}
      />
    </>
  )
}

function Agreed({ form, row, ahead }: { form: FormState<Said>; row: CallRow; ahead: readonly Appointment[] }) {
  const words = missedText()
  const book = (
    <p>
      <a class="way-out" href={`/staff/people/${row.citizen_id}/appointments/new`}>
        {words.book}
      </a>
    </p>
  )
  if (ahead.length === 0) {
    return (
      <div class={form.trouble.fields?.['appointment_id'] ? 'form-group form-error' : 'form-group'} id="appointment_id" tabIndex={-1}>
        <p>{words.noAppointment}</p>
        {book}
      </div>
    )
  }
  const options = ahead.map((one) => [one.id, sayWhen(one.starts_at, language.value, new Date())] as const)
  return (
    <>
      <SelectField
        id="appointment_id"
        label={words.appointment}
        error={form.trouble.fields?.['appointment_id']}
        options={ahead.length === 1 ? options : [['', words.chooseAppointment], ...options]}
        value={choose(form.values, ahead).appointment_id}
        onChange={(value) => form.set('appointment_id', value)}
      />
      {book}
    </>
  )
}
