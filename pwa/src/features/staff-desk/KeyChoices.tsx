import type { TargetedKeyboardEvent } from 'preact'
import { choiceOf, signOf } from './keys'

interface KeyChoicesProps {
  /** The group's id: `focusOn` leads here. */
  id: string
  label: string
  hint?: string
  options: readonly (readonly [value: string, label: string])[]
  many?: boolean
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** Enter, or the sign of the only answer: on to what comes next. */
  onNext?: () => void
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey
}

/** A few choices, all in sight, that one key each chooses. The signs work only while the group has the focus. */
export function KeyChoices(props: KeyChoicesProps) {
  const values = props.options.map(([value]) => value)
  const toggle = (value: string) => {
    if (!props.many) return props.onChange([value])
    const isOn = props.chosen.includes(value)
    props.onChange(isOn ? props.chosen.filter((other) => other !== value) : [...props.chosen, value])
  }
  const press = (event: TargetedKeyboardEvent<HTMLFieldSetElement>) => {
    if (hasModifier(event)) return
    if (event.key === 'Enter' && props.onNext) {
      event.preventDefault()
      return props.onNext()
    }
    const value = choiceOf(event.key, values)
    if (value === null) return
    event.preventDefault()
    toggle(value)
    if (!props.many) props.onNext?.()
  }
  return (
    <fieldset id={props.id} class="form-group key-choices" aria-describedby={props.hint ? `${props.id}-hint` : undefined} onKeyDown={press}>
      <legend>{props.label}</legend>
      {props.hint && (
        <span class="form-hint" id={`${props.id}-hint`}>
          {props.hint}
        </span>
      )}
      <div class="choices">
        {props.options.map(([value, label], index) => (
          <div class="check" key={value}>
            <input
              type={props.many ? 'checkbox' : 'radio'}
              id={`${props.id}-${value}`}
              name={props.id}
              value={value}
              checked={props.chosen.includes(value)}
              aria-keyshortcuts={signOf(index)}
              onChange={() => toggle(value)}
            />
            <label for={`${props.id}-${value}`}>
              <kbd aria-hidden="true">{signOf(index)}</kbd>
              {label}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
