import { useSignal } from '@preact/signals'
import { leave } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** On a device that others use, too: nothing is kept, and how to leave. */
export function SharedDevice() {
  const words = text.value.shared
  const isLeaving = useSignal(false)
  const done = async () => {
    isLeaving.value = true
    await leave(false)
  }
  return (
    <Notice role="note">
      <p>{words.nothingKept}</p>
      <Button busy={isLeaving.value} onClick={() => void done()}>
        {isLeaving.value ? words.leaving : words.done}
      </Button>
    </Notice>
  )
}
