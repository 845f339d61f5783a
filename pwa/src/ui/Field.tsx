import type { ComponentChildren } from 'preact'

export interface FieldProps {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** The input, select or textarea; give it `fieldAttributes(props)`. */
  children: ComponentChildren
}

/** What an input needs so that its label, hint and error are read aloud with it. */
export function fieldAttributes(props: Pick<FieldProps, 'id' | 'hint' | 'error'>) {
  const describedBy = [props.hint && `${props.id}-hint`, props.error && `${props.id}-error`].filter(Boolean).join(' ')
  return {
    id: props.id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': props.error ? ('true' as const) : undefined,
  }
}

/** Label, hint, error and one control, in the order of Det Fælles Designsystem. */
export function Field(props: FieldProps) {
  return (
    <div class={props.error ? 'form-group form-error' : 'form-group'}>
      <label class="form-label" for={props.id}>
        {props.label}
      </label>
      {props.hint && (
        <span class="form-hint" id={`${props.id}-hint`}>
          {props.hint}
        </span>
      )}
      {props.error && (
        <span class="form-error-message" id={`${props.id}-error`}>
          {props.error}
        </span>
      )}
      {props.children}
    </div>
  )
}

/** The few further attributes that a line of text may need. */
export interface InputDetails {
  name?: string
  inputMode?: 'text' | 'numeric' | 'tel' | 'email'
  autocapitalize?: 'off' | 'characters' | 'words'
  spellcheck?: boolean
  minLength?: number
  maxLength?: number
  min?: string
  max?: string
  step?: number
  list?: string
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  value: string
  onInput: (value: string) => void
  type?: 'text' | 'email' | 'password' | 'tel' | 'search' | 'date' | 'time'
  autocomplete?: string
  required?: boolean
  inputAttributes?: InputDetails
}

/** One line of text. Nothing is remembered by the browser unless `autocomplete` says so. */
export function TextField(props: TextFieldProps) {
  // Preact types each kind of input apart; what we pass is allowed on all of ours.
  const type = (props.type ?? 'text') as 'text'
  return (
    <Field id={props.id} label={props.label} hint={props.hint} error={props.error}>
      <input
        {...fieldAttributes(props)}
        {...props.inputAttributes}
        class="form-input"
        type={type}
        value={props.value}
        required={props.required ?? false}
        autocomplete={props.autocomplete ?? 'off'}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  )
}

export interface CheckboxProps {
  id: string
  label: string
  hint?: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** One yes-or-no choice with its words beside it. */
export function Checkbox(props: CheckboxProps) {
  return (
    <div class="check">
      <input
        type="checkbox"
        id={props.id}
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={props.hint ? `${props.id}-hint` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={props.id}>{props.label}</label>
      {props.hint && (
        <span class="form-hint" id={`${props.id}-hint`}>
          {props.hint}
        </span>
      )}
    </div>
  )
}
