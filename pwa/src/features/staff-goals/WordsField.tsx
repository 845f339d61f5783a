import { Field, fieldAttributes, type FieldProps } from '../../ui/Field'

interface WordsFieldProps extends Omit<FieldProps, 'children'> {
  value: string
  rows?: number
  maxLength: number
  onInput: (value: string) => void
}

/** Several lines of text. */
export function WordsField(props: WordsFieldProps) {
  return (
    <Field id={props.id} label={props.label} hint={props.hint} error={props.error}>
      <textarea
        {...fieldAttributes(props)}
        class="form-input"
        rows={props.rows ?? 3}
        maxLength={props.maxLength}
        value={props.value}
        autocomplete="off"
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  )
}
