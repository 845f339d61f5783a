import { useState } from 'preact/hooks'
import { type Channel, type ChannelKind, listChannels, type Preview, removeChannel, setChannel } from '../../api/staffChannels'
import { explain } from '../../api/staffProblems'
import { channelsText } from '../../text/channels'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { sayTime } from '../../ui/days'
import { Checkbox, TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { navigate } from '../../ui/routing'
import { type Agreed, checkAgreement, HOURS, SAFE, startAgreement, toAgreement } from './agreement'
import { WithCitizen } from './WithCitizen'

interface Subject {
  citizenId: string
  kind: ChannelKind
  alias: string
}

/** What we agree with the person about one way to write to them. */
export function EditChannel({ citizenId, kind }: { citizenId: string; kind: ChannelKind }) {
  const text = staffText()
  const found = useResource(`channel:${citizenId}:${kind}`, 0, () => listChannels(citizenId))
  if (!found.data) {
    return (
      <LoadState
        loading={text.loading}
        trouble={found.error ? explain(found.error, text).message : undefined}
        retry={{ label: text.problem.retry, act: found.reload }}
      />
    )
  }
  const { items, previews } = found.data
  return (
    <WithCitizen citizenId={citizenId}>
      {(citizen) => (
        <ChannelForm
          subject={{ citizenId, kind, alias: citizen.alias }}
          channel={items.find((one) => one.kind === kind)}
          preview={previews.find((one) => one.kind === kind)}
        />
      )}
    </WithCitizen>
  )
}

function ChannelForm({ subject, channel, preview }: { subject: Subject; channel: Channel | undefined; preview: Preview | undefined }) {
  const { citizenId, kind, alias } = subject
  const text = staffText()
  const words = channelsText()
  const page = `/staff/people/${citizenId}`
  const wrong = { address: words.addressWrong[kind], hours_from: words.hoursWrong, hours_until: words.hoursWrong }
  const form = useForm<Agreed>({
    key: `channel:${citizenId}:${kind}`,
    initial: () => startAgreement(channel),
    check: (values) => checkAgreement(values, kind, channelsText()),
    send: async (values) => {
      await setChannel(citizenId, kind, toAgreement(values))
      sayDone(channelsText().saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explain(error, staffText(), { ...wrong, agreed_together: words.agreedMissing }),
  })
  return (
    <section class="page">
      <PageHeading>{words.title[kind](alias)}</PageHeading>
      <p>{words.together}</p>
      {preview && <Words preview={preview} />}
      <FormFrame
        form={form}
        labels={{ address: words.address[kind], hours_from: words.from, agreed_together: words.agreed }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <Fields form={form} kind={kind} />
      </FormFrame>
      {channel && <Remove citizenId={citizenId} kind={kind} />}
    </section>
  )
}

function Fields({ form, kind }: { form: FormState<Agreed>; kind: ChannelKind }) {
  const words = channelsText()
  const { values, trouble, set } = form
  return (
    <>
      <TextField
        id="address"
        label={words.address[kind]}
        type={kind === 'sms' ? 'tel' : 'email'}
        error={trouble.fields?.['address']}
        value={values.address}
        onInput={(value) => set('address', value)}
      />
      <ChoiceGroup
        id="safe"
        label={words.when}
        options={SAFE.map((each) => [each, words.safe[each]])}
        chosen={[values.safe]}
        onChange={([safe]) => set('safe', (safe ?? 'never') as Agreed['safe'])}
      />
      {values.safe === 'hours' && <Hours form={form} />}
      {values.safe !== 'never' && (
        <Checkbox id="agreed_together" label={words.agreed} checked={values.agreed} onChange={(agreed) => set('agreed', agreed)} />
      )}
    </>
  )
}

function Hours({ form }: { form: FormState<Agreed> }) {
  const words = channelsText()
  const options = HOURS.map((hour) => [hour, sayTime(`${hour.padStart(2, '0')}:00`, language.value)] as const)
  return (
    <>
      <SelectField
        id="hours_from"
        label={words.from}
        error={form.trouble.fields?.['hours_from']}
        options={options.slice(0, -1)}
        value={form.values.hours_from}
        onChange={(hour) => form.set('hours_from', hour)}
      />
      <SelectField
        id="hours_until"
        label={words.until}
        error={form.trouble.fields?.['hours_until']}
        options={options.slice(1)}
        value={form.values.hours_until}
        onChange={(hour) => form.set('hours_until', hour)}
      />
    </>
  )
}

function Words({ preview }: { preview: Preview }) {
  const words = channelsText()
  return (
    <section class="card" aria-labelledby="preview-heading">
      <h2 id="preview-heading" class="card-heading">
        {words.preview}
      </h2>
      <dl class="facts facts-short">
        <div>
          <dt>{words.from_}</dt>
          <dd>{preview.sender ?? words.notSetUp}</dd>
        </div>
        {preview.subject && (
          <div>
            <dt>{words.subject}</dt>
            <dd>{preview.subject}</dd>
          </div>
        )}
      </dl>
      <p>{preview.text}</p>
    </section>
  )
}

function Remove({ citizenId, kind }: { citizenId: string; kind: ChannelKind }) {
  const words = channelsText()
  const [trouble, setTrouble] = useState('')
  const remove = async () => {
    try {
      await removeChannel(citizenId, kind)
      sayDone(channelsText().removed)
      navigate(`/staff/people/${citizenId}`, { replace: true })
    } catch (error) {
      setTrouble(explain(error, staffText()).message ?? staffText().problem.other)
    }
  }
  return (
    <>
      {trouble && <Notice>{trouble}</Notice>}
      <p class="form-actions">
        <Button kind="quiet" onClick={() => void remove()}>
          {words.remove[kind]}
        </Button>
      </p>
    </>
  )
}
