import { staffText } from '../../text/staff'
import { SelectField } from '../../ui/Choices'
import { Checkbox, TextField } from '../../ui/Field'
import type { FormState } from '../../ui/form'
import type { Edited } from './edit'

interface EditFieldsProps {
  form: FormState<Edited>
  /** The CPR number with its last digits hidden, if there is one. */
  masked: string | null
}

/** Everything that can be corrected about a person. */
export function EditFields({ form, masked }: EditFieldsProps) {
  const { intake, person } = staffText()
  const { values, set, trouble } = form
  const line = (name: 'alias' | 'name' | 'phone' | 'home_municipality', label: string, maxLength: number) => (
    <TextField
      id={name}
      type={name === 'phone' ? 'tel' : 'text'}
      label={label}
      error={trouble.fields?.[name]}
      value={values[name]}
      inputAttributes={{ maxLength }}
      onInput={(value) => set(name, value)}
    />
  )
  return (
    <>
      {line('alias', intake.alias, 80)}
      {line('name', intake.name, 200)}
      <TextField
        id="cpr"
        label={intake.cpr}
        hint={masked ? person.keepCpr(masked) : intake.cprHint}
        error={trouble.fields?.['cpr']}
        value={values.cpr}
        inputAttributes={{ maxLength: 11, inputMode: 'numeric' }}
        onInput={(value) => set('cpr', value)}
      />
      {masked && (
        <Checkbox id="clear_cpr" label={person.clearCpr} checked={values.clear_cpr} onChange={(on) => set('clear_cpr', on)} />
      )}
      {line('phone', intake.phone, 40)}
      <SelectField
        id="language"
        label={intake.languageLabel}
        error={trouble.fields?.['language']}
        options={[
          ['da', intake.languages.da],
          ['en', intake.languages.en],
        ]}
        value={values.language}
        onChange={(value) => set('language', value)}
      />
      {line('home_municipality', intake.municipality, 80)}
      <Checkbox
        id="address_protected"
        label={intake.protected}
        checked={values.address_protected}
        onChange={(on) => set('address_protected', on)}
      />
    </>
  )
}
