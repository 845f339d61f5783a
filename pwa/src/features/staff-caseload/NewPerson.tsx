import { useLayoutEffect } from 'preact/hooks'
import { takeIn } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Channel } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { checkIntake, type Intake, startIntake, toNewCitizen } from './intake'
import { MoreDetails } from './MoreDetails'

const CHANNELS: readonly Channel[] = ['at-the-door', 'phone', 'outreach', 'referral', 'other']

function labels(): Record<string, string> {
  const { intake } = staffText()
  return {
    alias: intake.alias,
    first_contact_at: intake.contactDate,
    first_contact_channel: intake.channel,
    name: intake.name,
    cpr: intake.cpr,
    phone: intake.phone,
    language: intake.languageLabel,
    home_municipality: intake.municipality,
  }
}

/** Takes in a person at the door: an alias and one tap; when and how stand there already. */
export function NewPerson() {
  const text = staffText()
  const form = useForm<Intake>({
    key: 'intake',
    initial: () => startIntake(new Date()),
    check: (values) => checkIntake(values, staffText()),
    send: async (values) => {
      const citizen = await takeIn(toNewCitizen(values))
      navigate(`/staff/people/${citizen.id}`, { replace: true })
    },
    explain: (error) => {
      const { cprWrong, contactWrong } = staffText().intake
      return explain(error, staffText(), { cpr: cprWrong, first_contact_at: contactWrong })
    },
  })
  useLayoutEffect(() => document.getElementById('alias')?.focus(), [])
  return (
    <section class="page">
      <PageHeading quiet>{text.intake.title}</PageHeading>
      <p class="quiet">{text.intake.lead}</p>
      <FormFrame
        form={form}
        labels={labels()}
        summary={text.problem.summary}
        submit={text.intake.submit}
        cancel={{ href: '/staff/', label: text.cancel }}
      >
        <TextField
          id="alias"
          label={text.intake.alias}
          hint={text.intake.aliasHint}
          error={form.trouble.fields?.['alias']}
          value={form.values.alias}
          inputAttributes={{ maxLength: 80 }}
          onInput={(value) => form.set('alias', value)}
        />
        <FirstContact form={form} />
        <MoreDetails form={form} />
      </FormFrame>
    </section>
  )
}

function FirstContact({ form }: { form: FormState<Intake> }) {
  const { intake } = staffText()
  const error = form.trouble.fields?.['first_contact_at']
  return (
    <>
      <div class="side-by-side">
        <TextField
          id="first_contact_at"
          type="date"
          label={intake.contactDate}
          error={error}
          value={form.values.date}
          onInput={(value) => form.set('date', value)}
        />
        <TextField
          id="first_contact_time"
          type="time"
          label={intake.contactTime}
          value={form.values.time}
          onInput={(value) => form.set('time', value)}
        />
      </div>
      <ChoiceGroup
        id="first_contact_channel"
        label={intake.channel}
        error={form.trouble.fields?.['first_contact_channel']}
        options={CHANNELS.map((channel) => [channel, intake.channels[channel]])}
        chosen={[form.values.first_contact_channel]}
        onChange={([channel]) => form.set('first_contact_channel', channel ?? 'at-the-door')}
      />
    </>
  )
}
