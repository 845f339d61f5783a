import { deskText } from '../../text/desk'
import { ChoiceGroup, SelectField } from '../../ui/Choices'
import { Checkbox, Field, fieldAttributes, TextField } from '../../ui/Field'
import type { Wrong } from './check'
import type { DeskValues, LocalContact } from './contact'
import { GoalField } from './GoalField'

const SAFETY = Array.from({ length: 11 }, (_, step) => String(step))
const LONGEST_NOTE = 4000

interface PartProps {
  contact: LocalContact
  wrong: Wrong
  set: (values: Partial<DeskValues>) => void
}

/** What nobody asks in the acute minute: folded away until there is time. */
export function More(props: PartProps) {
  const words = deskText()
  return (
    <>
      <details class="more" open={props.wrong.phone !== undefined || props.wrong.may_ring !== undefined}>
        <summary>{words.callback.title}</summary>
        <Callback {...props} />
      </details>
      <details class="more">
        <summary>{words.more.title}</summary>
        <Rest {...props} />
      </details>
    </>
  )
}

function Rest({ contact, set }: PartProps) {
  const { values, citizen_id } = contact
  const words = deskText().more
  const note = { id: 'contact-note', label: words.note, hint: words.noteHint }
  const steps = [['', words.safetyNone], ...SAFETY.map((step) => [step, step])] as [string, string][]
  return (
    <>
      <Field {...note}>
        <textarea
          {...fieldAttributes(note)}
          class="form-input form-text"
          rows={3}
          maxLength={LONGEST_NOTE}
          value={values.note}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => set({ note: event.currentTarget.value })}
        />
      </Field>
      <div class="side-by-side">
        <SelectField
          id="contact-safety-before"
          label={words.safetyBefore}
          options={steps}
          value={values.safety_before}
          onChange={(safety_before) => set({ safety_before })}
        />
        <SelectField
          id="contact-safety-after"
          label={words.safetyAfter}
          options={steps}
          value={values.safety_after}
          onChange={(safety_after) => set({ safety_after })}
        />
      </div>
      {citizen_id && contact.mine && contact.version !== null && <GoalField contact={contact} set={set} />}
      {citizen_id && (
        <Checkbox
          id="contact-shown"
          label={words.showInApp}
          checked={values.wants_shown_in_app}
          onChange={(wants_shown_in_app) => set({ wants_shown_in_app })}
        />
      )}
    </>
  )
}

/** May we ring, when, the answering machine, the code word: before anybody is called back. */
function Callback({ contact: { values }, wrong, set }: PartProps) {
  const words = deskText().callback
  return (
    <>
      <p class="quiet">{words.lead}</p>
      <Checkbox
        id="contact-follow-up"
        label={words.followUp}
        checked={values.wants_follow_up_14d}
        onChange={(wants_follow_up_14d) => set({ wants_follow_up_14d })}
      />
      <Checkbox
        id="contact-call"
        label={words.call72}
        checked={values.wants_call_72h}
        onChange={(wants_call_72h) => set({ wants_call_72h })}
      />
      <ChoiceGroup
        id="contact-may-ring"
        label={words.mayRing}
        error={wrong.may_ring}
        options={[
          ['yes', words.yes],
          ['no', words.no],
        ]}
        chosen={[values.may_ring]}
        onChange={([may_ring]) => set({ may_ring: may_ring as DeskValues['may_ring'] })}
      />
      {values.may_ring === 'yes' && <HowToRing values={values} error={wrong.phone} set={set} />}
    </>
  )
}

function HowToRing({ values, error, set }: { values: DeskValues; error: string | undefined; set: PartProps['set'] }) {
  const words = deskText().callback
  return (
    <>
      <TextField
        id="contact-phone"
        type="tel"
        label={words.phone}
        error={error}
        value={values.phone}
        inputAttributes={{ maxLength: 40 }}
        onInput={(phone) => set({ phone })}
      />
      <TextField id="contact-when" label={words.when} value={values.when} inputAttributes={{ maxLength: 120 }} onInput={(when) => set({ when })} />
      <ChoiceGroup
        id="contact-voicemail"
        label={words.voicemail}
        options={Object.entries(words.voicemails)}
        chosen={[values.voicemail]}
        onChange={([voicemail]) => set({ voicemail: voicemail as DeskValues['voicemail'] })}
      />
      <TextField
        id="contact-code-word"
        label={words.codeWord}
        hint={words.codeWordHint}
        value={values.code_word}
        inputAttributes={{ maxLength: 60, autocapitalize: 'off' }}
        onInput={(code_word) => set({ code_word })}
      />
    </>
  )
}
