import type { ComponentChildren } from 'preact'
import { Button } from './Button'
import { ErrorSummary, type FieldError } from './ErrorSummary'
import type { FormState, Values } from './form'

interface FormFrameProps<V extends Values> {
  form: FormState<V>
  /** The label of each field, so that the summary says which one is meant. */
  labels: Record<string, string>
  /** Where a field's error leads when its control has another id than the field's name. */
  controls?: Record<string, string>
  /** The heading of what is wrong: in single fields, or as a whole. */
  summary: { fields: string; whole: string; kept: string }
  submit: string
  cancel?: { href: string; label: string }
  children: ComponentChildren
}

function summaryOf<V extends Values>(props: FormFrameProps<V>): FieldError[] {
  const { message, fields = {}, kept } = props.form.trouble
  const whole: FieldError[] = message ? [{ message }] : []
  if (kept && Object.keys(props.labels).length > 0) whole.push({ message: props.summary.kept })
  const single = Object.entries(fields).map(([name, words]) => {
    const label = props.labels[name]
    return label ? { fieldId: props.controls?.[name] ?? name, message: label.endsWith('?') ? `${label} ${words}` : `${label}: ${words}` } : { message: words }
  })
  return [...whole, ...single]
}

/** A form with everything wrong on top, one main button, and a way out. */
export function FormFrame<V extends Values>(props: FormFrameProps<V>) {
  const { form } = props
  return (
    <form
      class="staff-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      <ErrorSummary key={form.attempt} heading={form.trouble.fields ? props.summary.fields : props.summary.whole} errors={summaryOf(props)} />
      {props.children}
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={form.busy}>
          {props.submit}
        </Button>
        {props.cancel && (
          <a class="way-out" href={props.cancel.href} onClick={form.drop}>
            {props.cancel.label}
          </a>
        )}
      </div>
    </form>
  )
}
