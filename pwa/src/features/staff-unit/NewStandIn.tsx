import { listColleagues, nameStandIn } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Colleague } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { SelectField } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { colleagueOptions } from './choosing'
import { Found } from './Found'
import { checkArrangement, doneWords, type Arrangement, toStandIn } from './standIn'

const PAGE = '/staff/stand-ins'

/** Names a stand-in; the stand-in sees the colleague's people at once. */
export function NewStandIn() {
  return (
    <Found subject="new-stand-in" find={listColleagues}>
      {(colleagues) => <StandInForm colleagues={colleagues} />}
    </Found>
  )
}

function labels(): Record<string, string> {
  const { standIns } = staffText()
  return {
    staff_id: standIns.who,
    stand_in_id: standIns.standIn,
    starts_on: standIns.from,
    ends_on: standIns.to,
    reason: standIns.reason,
  }
}

function StandInForm({ colleagues }: { colleagues: readonly Colleague[] }) {
  const text = staffText()
  const form = useForm<Arrangement>({
    key: 'stand-in',
    initial: () => ({ staff_id: '', stand_in_id: '', starts_on: '', ends_on: '', reason: '' }),
    check: (values) => checkArrangement(values, new Date(), staffText()),
    send: async (values) => {
      const made = await nameStandIn(toStandIn(values))
      sayDone(doneWords(made, new Date(), staffText()))
      navigate(PAGE, { replace: true })
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <section class="page">
      <PageHeading>{text.standIns.addTitle}</PageHeading>
      <p class="quiet">{text.standIns.lead}</p>
      <FormFrame
        form={form}
        labels={labels()}
        summary={text.problem.summary}
        submit={text.standIns.submit}
        cancel={{ href: PAGE, label: text.cancel }}
      >
        <Who form={form} colleagues={colleagues} />
        <When form={form} />
      </FormFrame>
    </section>
  )
}

function Who({ form, colleagues }: { form: FormState<Arrangement>; colleagues: readonly Colleague[] }) {
  const text = staffText()
  const options = colleagueOptions(colleagues, text)
  const choice = (name: 'staff_id' | 'stand_in_id', label: string, without: string) => (
    <SelectField
      id={name}
      label={label}
      error={form.trouble.fields?.[name]}
      options={options.filter(([id]) => id === '' || id !== without)}
      value={form.values[name]}
      onChange={(value) => form.set(name, value)}
    />
  )
  return (
    <>
      {choice('staff_id', text.standIns.who, form.values.stand_in_id)}
      {choice('stand_in_id', text.standIns.standIn, form.values.staff_id)}
    </>
  )
}

function When({ form }: { form: FormState<Arrangement> }) {
  const { standIns } = staffText()
  const { values, set, trouble } = form
  return (
    <>
      <div class="side-by-side">
        <TextField
          id="starts_on"
          type="date"
          label={standIns.from}
          hint={standIns.fromHint}
          error={trouble.fields?.['starts_on']}
          value={values.starts_on}
          onInput={(value) => set('starts_on', value)}
        />
        <TextField
          id="ends_on"
          type="date"
          label={standIns.to}
          error={trouble.fields?.['ends_on']}
          value={values.ends_on}
          onInput={(value) => set('ends_on', value)}
        />
      </div>
      <TextField
        id="reason"
        label={standIns.reason}
        hint={standIns.reasonHint}
        error={trouble.fields?.['reason']}
        value={values.reason}
        inputAttributes={{ maxLength: 500 }}
        onInput={(value) => set('reason', value)}
      />
    </>
  )
}
