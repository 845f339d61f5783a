import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { getPlanOnPaper } from '../../api/rights.ts'
import { standing } from '../../offline/phone.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { saveFile } from '../file.ts'
import { Proven } from '../lock/LockPlace.tsx'

interface AskProps {
  onClose: () => void
}

interface PrintProps extends AskProps {
  words: Record<'heading' | 'text' | 'yes' | 'no', string>
}

/** Yes and no; with a lock on, the yes waits for the code, and then the question has the focus again. */
function Answers({ children, onClose }: { children: ComponentChildren; onClose: () => void }) {
  return (
    <>
      <Proven onRight={() => document.getElementById('dialog-heading')?.focus()}>{children}</Proven>
      <Button wide onClick={onClose}>
        {planText.value.print.no}
      </Button>
    </>
  )
}

/** The question before something goes on paper. */
export function AskPrint({ words, onClose }: PrintProps) {
  const printNow = () => {
    onClose()
    // The question leaves the page before the page goes on paper.
    setTimeout(() => print(), 0)
  }
  return (
    <Dialog open heading={words.heading} onClose={onClose}>
      <p>{words.text}</p>
      <Answers onClose={onClose}>
        <Button kind="primary" wide onClick={printNow}>
          {words.yes}
        </Button>
      </Answers>
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
      <Answers onClose={onClose}>
        <Button kind="primary" wide busy={busy.value} onClick={() => void save()}>
          {words.fileYes}
        </Button>
      </Answers>
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
      {asking.value === 'print' && <AskPrint words={words} onClose={close} />}
      {asking.value === 'file' && <AskFile onClose={close} />}
    </div>
  )
}
