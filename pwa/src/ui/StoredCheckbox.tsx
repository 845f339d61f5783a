import { useRef, useState } from 'preact/hooks'
import { Checkbox, type CheckboxProps } from './Field'

interface StoredCheckboxProps extends Omit<CheckboxProps, 'onChange'> {
  /** Stores what was tapped; ends when `checked` says what is kept. */
  onChange: (checked: boolean) => Promise<unknown>
}

/** A choice that is stored at once: what was tapped stands until that has ended, whatever is drawn meanwhile. */
export function StoredCheckbox({ onChange, ...props }: StoredCheckboxProps) {
  const [tapped, setTapped] = useState<boolean | null>(null)
  const last = useRef<Promise<unknown> | null>(null)
  const change = async (checked: boolean) => {
    const work = onChange(checked)
    last.current = work
    setTapped(checked)
    await work.finally(() => last.current === work && setTapped(null))
  }
  return <Checkbox {...props} checked={tapped ?? props.checked} onChange={(checked) => void change(checked)} />
}
