import { Field, fieldAttributes } from './Field'

type Options = readonly (readonly [value: string, label: string])[]

interface ChoiceProps {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  options: Options
}

interface SelectProps extends ChoiceProps {
  value: string
  onChange: (value: string) => void
}

/** One of many, folded. */
export function SelectField(props: SelectProps) {
  return (
    <Field id={props.id} label={props.label} hint={props.hint} error={props.error}>
      <select
        {...fieldAttributes(props)}
        class="form-select"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map(([value, label]) => (
          <option key={value} value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  )
}

interface GroupProps extends ChoiceProps {
  many?: boolean
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

function describedBy(props: ChoiceProps): string | undefined {
  return [props.hint && `${props.id}-hint`, props.error && `${props.id}-error`].filter(Boolean).join(' ') || undefined
}

/** A few choices, all in sight; the first control carries the group's id, so that an error can lead there. */
export function ChoiceGroup(props: GroupProps) {
  const toggle = (value: string, on: boolean) => {
    if (!props.many) props.onChange([value])
    else props.onChange(on ? [...props.chosen, value] : props.chosen.filter((other) => other !== value))
  }
  return (
    <fieldset class={props.error ? 'form-group form-error' : 'form-group'} aria-describedby={describedBy(props)}>
      <legend>{props.label}</legend>
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
      <div class="choices">
        {props.options.map(([value, label], index) => (
          <div class="check" key={value}>
            <input
              type={props.many ? 'checkbox' : 'radio'}
              id={index === 0 ? props.id : `${props.id}-${value}`}
              name={props.id}
              value={value}
              checked={props.chosen.includes(value)}
              onChange={(event) => toggle(value, event.currentTarget.checked)}
            />
            <label for={index === 0 ? props.id : `${props.id}-${value}`}>{label}</label>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
