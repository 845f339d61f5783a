import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { planOpen } from '../../offline/held.ts'
import { loseWhatIsLocked, wasConnected } from '../../offline/locking.ts'
import { leave } from '../../offline/phone.ts'
import { resetReminders } from '../../push/reminders.ts'
import { lockText } from '../../text/lock.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'

/** Whether the centre has what this phone has; true until it is known. */
function useConnected() {
  const isConnected = useSignal(true)
  useEffect(() => void wasConnected().then((was) => (isConnected.value = was)), [])
  return isConnected
}

function WhatIsLost({ isConnected }: { isConnected: boolean }) {
  const words = lockText.value.forgot
  if (!isConnected) return <p>{planOpen.value ? words.aloneButPlan : words.alone}</p>
  return <p>{words.unsent}</p>
}

function ForgetPhone({ isConnected, onClose }: { isConnected: boolean; onClose: () => void }) {
  const words = lockText.value.forget
  const { settings } = text.value
  const isBusy = useSignal(false)
  const forget = async () => {
    isBusy.value = true
    await leave(false)
    resetReminders()
    navigate('/', true)
  }
  return (
    <Dialog open heading={words.heading} onClose={onClose}>
      <p>{words.text}</p>
      <p>{isConnected ? lockText.value.forgot.nothingLost : words.alone}</p>
      <div class="button-row">
        <Button kind="primary" busy={isBusy.value} onClick={() => void forget()}>
          {isBusy.value ? settings.forgetting : settings.forgetYes}
        </Button>
        <Button onClick={onClose}>{settings.forgetNo}</Button>
      </div>
    </Dialog>
  )
}

/** "Glemt koden?": what is lost and what is not, before anything goes. */
export function Forgot({ onBack }: { onBack: () => void }) {
  const words = lockText.value.forgot
  const isConnected = useConnected().value
  const state = useSignal<'asking' | 'deleting' | 'failed'>('asking')
  const isForgetting = useSignal(false)
  const lose = async () => {
    state.value = 'deleting'
    if (!(await loseWhatIsLocked())) state.value = 'failed'
  }
  return (
    <Page heading={words.heading}>
      <p>{words.nobody}</p>
      {isConnected && <p>{words.nothingLost}</p>}
      <h2>{words.lost}</h2>
      <WhatIsLost isConnected={isConnected} />
      {planOpen.value && <p>{words.planStays}</p>}
      <p role="status">{state.value === 'failed' && words.failed}</p>
      <Button wide busy={state.value === 'deleting'} onClick={() => void lose()}>
        {state.value === 'deleting' ? words.deleting : words.yes}
      </Button>
      <Button kind="primary" wide onClick={onBack}>
        {words.no}
      </Button>
      <p>{words.everything}</p>
      <Button onClick={() => (isForgetting.value = true)}>{text.value.settings.forget}</Button>
      {isForgetting.value && <ForgetPhone isConnected={isConnected} onClose={() => (isForgetting.value = false)} />}
    </Page>
  )
}
