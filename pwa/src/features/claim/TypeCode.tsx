import { useSignal } from '@preact/signals'
import { crisisLineText } from '../../text/crisisLine.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { TextField } from '../../ui/Field.tsx'
import { readCode } from '../pairing/code.ts'

const FIELD = 'contact-code'

interface TypeCodeProps {
  /** Says why nothing came of it; null when the page has moved on. */
  attempt: (code: string) => Promise<string | null>
}

/** A code from the crisis line, typed. Nothing of it is kept. */
export function TypeCode({ attempt }: TypeCodeProps) {
  const words = crisisLineText.value.look
  const typed = useSignal('')
  const isBusy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const send = async () => {
    wrong.value = null
    const code = readCode(typed.value)
    if (!code) {
      wrong.value = words.incomplete
      return
    }
    isBusy.value = true
    wrong.value = await attempt(code)
    isBusy.value = false
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy.value) void send()
      }}
    >
      <ErrorSummary heading={words.errorHeading} errors={wrong.value ? [{ fieldId: FIELD, message: wrong.value }] : []} />
      <TextField
        id={FIELD}
        label={words.label}
        hint={words.hint}
        error={wrong.value ?? undefined}
        value={typed.value}
        onInput={(value) => (typed.value = value)}
        inputAttributes={{ autocapitalize: 'characters', spellcheck: false, maxLength: 20 }}
      />
      <Button kind="primary" type="submit" wide busy={isBusy.value}>
        {isBusy.value ? words.showing : words.show}
      </Button>
    </form>
  )
}
