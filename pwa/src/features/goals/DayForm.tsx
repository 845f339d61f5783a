import { useSignal } from '@preact/signals'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'

interface DayFormProps {
  id: string
  label: string
  save: string
  /** Said of a day that does not fit. */
  wrong: string
  initial?: string
  fits: (date: string) => boolean
  onChoose: (date: string) => void
}

/** One day to choose. */
export function DayForm({ id, label, save, wrong, initial = '', fits, onChoose }: DayFormProps) {
  const typed = useSignal(initial)
  const isWrong = useSignal(false)
  const choose = () => {
    isWrong.value = typed.value === '' || !fits(typed.value)
    if (isWrong.value) document.getElementById(id)?.focus()
    else onChoose(typed.value)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        choose()
      }}
    >
      <TextField
        id={id}
        type="date"
        label={label}
        error={isWrong.value ? wrong : undefined}
        value={typed.value}
        onInput={(value) => (typed.value = value)}
      />
      <Button type="submit">{save}</Button>
    </form>
  )
}
