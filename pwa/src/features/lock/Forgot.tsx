import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { planOpen } from '../../offline/held.ts'
import { loseWhatIsLocked, wasConnected } from '../../offline/locking.ts'
import { lockText } from '../../text/lock.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { ForgetPhone, type Connected } from './ForgetPhone.tsx'
import { sayWait, useWait } from './wait.ts'

/** Whether the centre has what this phone has sent. */
function useConnected(): Connected {
  const isConnected = useSignal<Connected>(null)
  useEffect(() => {
    void wasConnected().then(
      (was) => (isConnected.value = was),
      () => undefined,
    )
  }, [])
  return isConnected.value
}

function WhatIsLost({ isConnected }: { isConnected: Connected }) {
  const words = lockText.value.forgot
  if (isConnected === false) return <p>{planOpen.value ? words.aloneButPlan : words.alone}</p>
  return (
    <>
      <p>{words.unsent}</p>
      {isConnected === true && <p>{words.noReminders}</p>}
    </>
  )
}

/** Asked once more: a no lies nearer than a yes. */
function AskLose({ isConnected, onClose }: { isConnected: Connected; onClose: () => void }) {
  const words = lockText.value.forgot
  const state = useSignal<'asking' | 'deleting' | 'failed'>('asking')
  const lose = async () => {
    state.value = 'deleting'
    if (!(await loseWhatIsLocked().catch(() => false))) state.value = 'failed'
  }
  return (
    <Dialog open heading={words.sure} onClose={onClose}>
      <p>{words.cannotUndo}</p>
      <WhatIsLost isConnected={isConnected} />
      <p role="status">{state.value === 'failed' && words.failed}</p>
      <div class="button-row">
        <Button kind="primary" onClick={onClose}>
          {words.keep}
        </Button>
        <Button busy={state.value === 'deleting'} onClick={() => void lose()}>
          {state.value === 'deleting' ? words.deleting : words.sureYes}
        </Button>
      </div>
    </Dialog>
  )
}

/** Nothing is deleted in a hurry: while somebody waits for the next try, it is not offered. */
function Lose({ isConnected }: { isConnected: Connected }) {
  const words = lockText.value.forgot
  const { rest } = useWait()
  const isAsking = useSignal(false)
  if (rest.value > 0)
    return (
      <div class="notice">
        <p>{sayWait(rest.value)}</p>
        <p>{words.afterWait}</p>
      </div>
    )
  return (
    <>
      <Button wide onClick={() => (isAsking.value = true)}>
        {words.yes}
      </Button>
      {isAsking.value && <AskLose isConnected={isConnected} onClose={() => (isAsking.value = false)} />}
    </>
  )
}

/** "Glemt koden?": what is lost and what is not, before anything goes. */
export function Forgot({ onBack }: { onBack: () => void }) {
  const words = lockText.value.forgot
  const isConnected = useConnected()
  return (
    <Page heading={words.heading}>
      <p>{words.nobody}</p>
      {isConnected === true && <p>{words.stillSaved}</p>}
      <h2>{words.lost}</h2>
      <WhatIsLost isConnected={isConnected} />
      {planOpen.value && <p>{words.planStays}</p>}
      <Button kind="primary" wide onClick={onBack}>
        {words.no}
      </Button>
      <Lose isConnected={isConnected} />
      <p>{words.everything}</p>
      <ForgetPhone isConnected={isConnected} />
    </Page>
  )
}
