import { TextField } from '../../ui/Field.tsx'

interface PinFieldProps {
  id: string
  label: string
  error?: string | undefined
  value: string
  onInput: (value: string) => void
}

const DETAILS = { inputMode: 'numeric', maxLength: 40, spellcheck: false, autocapitalize: 'off' } as const

/**
 * A code as it is typed: digits, hidden by `.pin` in the style sheet.
 *
 * No password field: the browser would offer to keep it, often in a store that a partner can open.
 */
export function PinField(props: PinFieldProps) {
  return (
    <div class="pin">
      <TextField {...props} autocomplete="one-time-code" inputAttributes={DETAILS} />
    </div>
  )
}
