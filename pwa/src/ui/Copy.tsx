import { useState } from 'preact/hooks'
import { Button } from './Button'

interface CopyProps {
  text: string
  label: string
  done: string
}

/** Puts a text on the clipboard; where that is refused, the text stands beside it to be marked by hand. */
export function Copy({ text, label, done }: CopyProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <span class="copy">
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status">{copied ? done : ''}</span>
    </span>
  )
}
