import { useSignal } from '@preact/signals'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

function printAfterClosing(close: () => void): void {
  close()
  // The question leaves the page before the page goes on paper.
  setTimeout(() => print(), 0)
}

/** Printing, which asks first: paper can be found by others. */
export function OnPaper() {
  const words = planText.value.print
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  return (
    <div class="no-print">
      <p class="quiet">{words.screenshot}</p>
      <Button onClick={() => (isAsking.value = true)}>{words.link}</Button>
      <Dialog open={isAsking.value} heading={words.heading} onClose={close}>
        <p>{words.text}</p>
        <div class="button-row">
          <Button kind="primary" onClick={() => printAfterClosing(close)}>
            {words.yes}
          </Button>
          <Button onClick={close}>{words.no}</Button>
        </div>
      </Dialog>
    </div>
  )
}
