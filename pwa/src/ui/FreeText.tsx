import { text } from '../text/text.ts'
import { Field, fieldAttributes } from './Field.tsx'

interface FreeTextProps {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  value: string
  rows?: number
  onInput: (value: string) => void
}

/** Said at every place where a person can write freely: nobody reads along, and help is one tap away. */
function NobodyReads({ id }: { id: string }) {
  const words = text.value
  return (
    <p class="nobody-reads" id={id}>
      {words.nobodyReads} <a href="/hjaelp">{words.help}</a>
    </p>
  )
}

/** The one field for a citizen's own words. Nothing is remembered, checked or sent while typing. */
export function FreeText(props: FreeTextProps) {
  const { 'aria-describedby': described, ...attributes } = fieldAttributes(props)
  const notice = `${props.id}-nobody`
  return (
    <Field id={props.id} label={props.label} hint={props.hint} error={props.error}>
      <textarea
        {...attributes}
        aria-describedby={described ? `${described} ${notice}` : notice}
        class="form-input form-text"
        rows={props.rows ?? 2}
        value={props.value}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <NobodyReads id={notice} />
    </Field>
  )
}
