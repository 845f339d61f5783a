import { useSignal } from '@preact/signals'
import { getPlanOnPaper } from '../../api/rights.ts'
import { standing } from '../../offline/phone.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { saveFile } from '../file.ts'

interface AskProps {
  onClose: () => void
}

function AskPrint({ onClose }: AskProps) {
  const words = planText.value.print
  const printNow = () => {
    onClose()
    // The question leaves the page before the page goes on paper.
    setTimeout(() => print(), 0)
  }
  return (
    <Dialog open heading={words.heading} onClose={onClose}>
      <p>{words.text}</p>
      <div class="button-row">
        <Button kind="primary" onClick={printNow}>
          {words.yes}
        </Button>
        <Button onClick={onClose}>{words.no}</Button>
      </div>
    </Dialog>
  )
}

function AskFile({ onClose }: AskProps) {
  const words = planText.value.print
  const busy = useSignal(false)
  const failed = useSignal(false)
  const save = async () => {
    busy.value = true
    failed.value = !(await saveFile('overblik.pdf', getPlanOnPaper))
    busy.value = false
    if (!failed.value) onClose()
  }
  return (
    <Dialog open heading={words.fileHeading} onClose={onClose}>
      <p>{words.fileText}</p>
      <p role="status">{failed.value && words.fileFailed}</p>
      <div class="button-row">
        <Button kind="primary" busy={busy.value} onClick={() => void save()}>
          {words.fileYes}
        </Button>
        <Button onClick={onClose}>{words.no}</Button>
      </div>
    </Dialog>
  )
}

/** The plan outside the app. Each way asks first: paper and files can be found by others. */
export function OnPaper() {
  const words = planText.value.print
  const asking = useSignal<'print' | 'file' | null>(null)
  const close = () => (asking.value = null)
  return (
    <div class="no-print">
      <div class="button-row">
        <Button onClick={() => (asking.value = 'print')}>{words.link}</Button>
        {standing.value === 'paired' && <Button onClick={() => (asking.value = 'file')}>{words.file}</Button>}
      </div>
      <p class="quiet">{words.screenshot}</p>
      {asking.value === 'print' && <AskPrint onClose={close} />}
      {asking.value === 'file' && <AskFile onClose={close} />}
    </div>
  )
}
