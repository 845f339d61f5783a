import { useEffect, useState } from 'preact/hooks'
import { staffText } from '../../text/staff'
import { SelectField } from '../../ui/Choices'
import { Checkbox, TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import { hasFoldedTrouble, type Intake } from './intake'

/** What can wait, folded; it opens by itself when something in it needs correcting. */
export function MoreDetails({ form }: { form: FormState<Intake> }) {
  const { intake } = staffText()
  const fields = form.trouble.fields ?? {}
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (hasFoldedTrouble(fields)) setOpen(true)
  }, [form.attempt])
  const line = (name: 'name' | 'cpr' | 'phone' | 'home_municipality', label: string, more = {}) => (
    <TextField
      id={name}
      label={label}
      error={fields[name]}
      value={form.values[name]}
      onInput={(value) => form.set(name, value)}
      {...more}
    />
  )
  return (
    <details class="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{intake.more}</summary>
      {line('name', intake.name, { inputAttributes: { maxLength: 200 } })}
      {line('cpr', intake.cpr, { hint: intake.cprHint, inputAttributes: { maxLength: 11, inputMode: 'numeric' } })}
      {line('phone', intake.phone, { type: 'tel', inputAttributes: { maxLength: 40 } })}
      {line('home_municipality', intake.municipality, { inputAttributes: { maxLength: 80 } })}
      <SelectField
        id="language"
        label={intake.languageLabel}
        error={fields['language']}
        options={[
          ['da', intake.languages.da],
          ['en', intake.languages.en],
        ]}
        value={form.values.language}
        onChange={(value) => form.set('language', value)}
      />
      <Checkbox
        id="address_protected"
        label={intake.protected}
        checked={form.values.address_protected}
        onChange={(value) => form.set('address_protected', value)}
      />
    </details>
  )
}
