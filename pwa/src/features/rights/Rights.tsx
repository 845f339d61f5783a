import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import * as api from '../../api/rights.ts'
import { rightsText } from '../../text/rights.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { saveFile, type FileName } from '../file.ts'
import { Proven } from '../lock/LockPlace.tsx'

/** `unknown`: nothing came back, so nothing is claimed. */
type Wish = { due: string | null } | 'unknown'

/** The two files, when the person asks for one. */
function Files() {
  const words = rightsText.value
  const busy = useSignal<FileName | null>(null)
  const failed = useSignal(false)
  const take = async (name: FileName, fetchFile: () => Promise<Blob>) => {
    if (busy.value) return
    busy.value = name
    failed.value = !(await saveFile(name, fetchFile))
    busy.value = null
  }
  return (
    <>
      <p>
        <Button busy={busy.value === 'overblik.pdf'} onClick={() => void take('overblik.pdf', api.getEverythingOnPaper)}>
          {words.takePdf}
        </Button>
      </p>
      <p>
        <Button busy={busy.value === 'overblik.json'} onClick={() => void take('overblik.json', api.getEverything)}>
          {words.takeJson}
        </Button>
      </p>
      <p role="status">{failed.value && words.noNetwork}</p>
    </>
  )
}

function TakeAlong() {
  const words = rightsText.value
  return (
    <Card heading={words.takeHeading}>
      <p>{words.takeText}</p>
      <Proven>
        <Files />
      </Proven>
      <p class="quiet">{words.takeNetwork}</p>
    </Card>
  )
}

function AskDialog({ onClose, onYes, busy }: { onClose: () => void; onYes: () => void; busy: boolean }) {
  const words = rightsText.value
  return (
    <Dialog open heading={words.eraseHeading} onClose={onClose}>
      <p>{words.eraseWhat}</p>
      <p>{words.eraseRegret}</p>
      <div class="button-row">
        <Button busy={busy} onClick={onYes}>
          {words.eraseYes}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {words.eraseNo}
        </Button>
      </div>
    </Dialog>
  )
}

function BeErased() {
  const words = rightsText.value
  const wish = useSignal<Wish>('unknown')
  const isAsking = useSignal(false)
  const busy = useSignal(false)
  const failed = useSignal(false)
  const tries = useRef(0)
  const attempt = async (work: () => Promise<api.ErasureWish | void>) => {
    const mine = (tries.current += 1)
    busy.value = true
    const answer = await work().catch(() => null)
    // What was asked before the last tap answers nothing any more.
    if (mine !== tries.current) return
    failed.value = answer === null
    if (answer !== null) wish.value = { due: answer?.due_at ?? null }
    busy.value = false
  }
  useEffect(() => void attempt(api.getErasure), [])
  const due = wish.value === 'unknown' ? null : wish.value.due
  return (
    <Card heading={words.eraseCard}>
      {!due && <p>{words.eraseCan}</p>}
      <p role="status">
        {failed.value ? words.noNetwork : due && words.eraseDue(describeDate(copenhagenWall(due).date, copenhagenWall(Date.now()).date, text.value.when))}
      </p>
      {due ? (
        <Button busy={busy.value} onClick={() => void attempt(api.withdrawErasure)}>
          {words.withdraw}
        </Button>
      ) : (
        <Button onClick={() => (isAsking.value = true)}>{words.erase}</Button>
      )}
      {isAsking.value && (
        <AskDialog
          busy={busy.value}
          onYes={() => void attempt(api.askForErasure).then(() => (isAsking.value = false))}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </Card>
  )
}

/** What the person may ask of those who hold something about them. */
export function Rights() {
  return (
    <Page heading={text.value.rights.heading}>
      <TakeAlong />
      <BeErased />
    </Page>
  )
}
