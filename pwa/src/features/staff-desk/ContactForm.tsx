import { useState } from 'preact/hooks'
import { deskText } from '../../text/desk'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { navigate } from '../../ui/routing'
import { check, type Wrong } from './check'
import { type DeskValues, type LocalContact, minutesSince } from './contact'
import { away, finish, write } from './held'
import { KeyChoices } from './KeyChoices'
import { focusOn } from './keys'
import { More } from './More'
import { optionsOf } from './words'

/** The order of the keyboard: Enter goes from one to the next. */
const ORDER = ['channel', 'reason', 'given', 'outcome', 'referral', 'duration', 'gender', 'finish'] as const

const FIELDS: Record<keyof Wrong, string> = { duration: 'contact-duration', may_ring: 'contact-may-ring', phone: 'contact-phone' }

type Part = (typeof ORDER)[number]

function goOn(from: Part): void {
  const next = ORDER[ORDER.indexOf(from) + 1]
  if (next) focusOn(`contact-${next}`)
}

/** Everything about a contact. Nothing has to be filled in; what is chosen is kept at once. */
export function ContactForm({ contact }: { contact: LocalContact }) {
  const words = deskText().contact
  const [wrong, setWrong] = useState<Wrong>({})
  const set = (values: Partial<DeskValues>) => void write(contact.id, values)
  const end = async () => {
    const found = check(contact.values)
    setWrong(found)
    const [first] = Object.keys(found) as (keyof Wrong)[]
    if (first) return focusOn(FIELDS[first])
    const duration = contact.values.duration.trim() || String(minutesSince(contact.opened_at, Date.now()))
    navigate('/staff/desk')
    await finish(contact.id, { duration })
    sayDone(away.value ? words.finishedHere : words.finished)
  }
  return (
    <form
      class="staff-form desk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void end()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return
        event.preventDefault()
        void end()
      }}
    >
      <p class="quiet">
        <span class="desk-keys">{words.keys} </span>
        {words.free}
      </p>
      <Choices contact={contact} set={set} />
      <Duration contact={contact} error={wrong.duration} set={set} />
      <KeyChoices
        id="contact-gender"
        label={words.gender}
        hint={words.genderHint}
        options={Object.entries(deskText().genders)}
        chosen={[contact.values.gender]}
        onChange={([gender]) => set({ gender: gender as DeskValues['gender'] })}
        onNext={() => goOn('gender')}
      />
      <div class="form-actions">
        <Button type="submit" kind="primary" id="contact-finish">
          {words.finish}
        </Button>
      </div>
      <More contact={contact} wrong={wrong} set={set} />
    </form>
  )
}

interface PartProps {
  contact: LocalContact
  set: (values: Partial<DeskValues>) => void
}

function Choices({ contact: { values }, set }: PartProps) {
  const words = deskText()
  return (
    <>
      <KeyChoices
        id="contact-channel"
        label={words.contact.channel}
        options={Object.entries(words.channels)}
        chosen={[values.channel]}
        onChange={([channel]) => set({ channel: channel as DeskValues['channel'] })}
        onNext={() => goOn('channel')}
      />
      <KeyChoices
        id="contact-reason"
        label={words.contact.reason}
        hint={words.contact.reasonHint}
        many
        options={optionsOf('reasons')}
        chosen={values.reason}
        onChange={(reason) => set({ reason })}
        onNext={() => goOn('reason')}
      />
      <KeyChoices
        id="contact-given"
        label={words.contact.given}
        many
        options={optionsOf('given')}
        chosen={values.given}
        onChange={(given) => set({ given })}
        onNext={() => goOn('given')}
      />
      <KeyChoices
        id="contact-outcome"
        label={words.contact.outcome}
        options={optionsOf('outcomes')}
        chosen={[values.outcome]}
        onChange={([outcome]) => set({ outcome: outcome ?? '' })}
        onNext={() => goOn('outcome')}
      />
      <KeyChoices
        id="contact-referral"
        label={words.contact.referral}
        many
        options={optionsOf('referrals')}
        chosen={values.referral}
        onChange={(referral) => set({ referral })}
        onNext={() => goOn('referral')}
      />
    </>
  )
}

function Duration({ contact, error, set }: PartProps & { error: string | undefined }) {
  const words = deskText().contact
  return (
    <div
      class="desk-duration"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey) return
        event.preventDefault()
        goOn('duration')
      }}
    >
      <TextField
        id="contact-duration"
        label={words.duration}
        hint={words.durationHint(minutesSince(contact.opened_at, Date.now()))}
        error={error}
        value={contact.values.duration}
        inputAttributes={{ inputMode: 'numeric', maxLength: 4 }}
        onInput={(duration) => set({ duration })}
      />
    </div>
  )
}
