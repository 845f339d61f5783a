import { lockEverywhere, lockState } from '../../offline/held.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { canLock } from './LockCard.tsx'

/** "Lås nu": on this page and every other one. */
export function LockNow() {
  if (lockState.value !== 'open') return null
  return (
    <p>
      <Button onClick={() => void lockEverywhere()}>{text.value.lock.now}</Button>
    </p>
  )
}

/** The code in the settings: whether there is one, and the way to change that. */
export function LockSection() {
  const words = text.value.lock
  if (!canLock()) return null
  const isOn = lockState.value === 'open'
  return (
    <Card heading={words.heading}>
      <p>{isOn ? words.on : words.off}</p>
      <LockNow />
      <p>
        <a class="way-on" href="/indstillinger/kode">{isOn ? words.manage : words.choose}</a>
      </p>
    </Card>
  )
}
