import { useSignal } from '@preact/signals'
import { digitsOf, troubleWithPin } from '../../offline/pin.ts'
import { lockText } from '../../text/lock.ts'
import { Button } from '../../ui/Button.tsx'
import { PinField } from './PinField.tsx'

interface NewPinProps {
  button: string
  busy?: { words: string; on: boolean }
  onChosen: (pin: string) => void
}

const CODE = 'new-pin'
const REPEAT = 'repeat-pin'

/** A new code, typed twice. */
export function NewPin({ button, busy, onChosen }: NewPinProps) {
  const words = lockText.value
  const [code, repeat] = [useSignal(''), useSignal('')]
  const wrong = useSignal<{ field: typeof CODE | typeof REPEAT; words: string } | null>(null)
  const look = () => {
    const pin = digitsOf(code.value)
    const trouble = troubleWithPin(pin)
    if (trouble) return { field: CODE, words: words.trouble[trouble] } as const
    return pin === digitsOf(repeat.value) ? null : ({ field: REPEAT, words: words.trouble.differ } as const)
  }
  const submit = () => {
    wrong.value = look()
    if (wrong.value) document.getElementById(wrong.value.field)?.focus()
    else onChosen(digitsOf(code.value))
  }
  const errorOf = (field: string) => (wrong.value?.field === field ? wrong.value.words : undefined)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy?.on) submit()
      }}
    >
      <PinField id={CODE} label={words.setUp.code} error={errorOf(CODE)} value={code.value} onInput={(value) => (code.value = value)} />
      <PinField id={REPEAT} label={words.setUp.repeat} error={errorOf(REPEAT)} value={repeat.value} onInput={(value) => (repeat.value = value)} />
      <Button kind="primary" type="submit" wide busy={busy?.on ?? false}>
        {busy?.on ? busy.words : button}
      </Button>
    </form>
  )
}
