import { useSignal } from '@preact/signals'
import { leave } from '../../offline/phone.ts'
import { resetReminders } from '../../push/reminders.ts'
import { lockText } from '../../text/lock.ts'
import { settingsText } from '../../text/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'

/** Whether the phone was connected; null as long as it is not known, and where the store does not answer. */
export type Connected = boolean | null

function AskForget({ isConnected, onClose }: { isConnected: Connected; onClose: () => void }) {
  const words = lockText.value.forget
  const settings = settingsText.value
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
      {isConnected === true && <p>{lockText.value.forgot.stillSaved}</p>}
      {isConnected === false && <p>{words.alone}</p>}
      {isConnected === null && <p>{words.unknown}</p>}
      <div class="button-row">
        <Button onClick={onClose}>{settings.forgetNo}</Button>
        <Button kind="primary" busy={isBusy.value} onClick={() => void forget()}>
          {isBusy.value ? settings.forgetting : settings.forgetYes}
        </Button>
      </div>
    </Dialog>
  )
}

/** "Glem denne telefon" at the lock: needs no code and no network, and asks first. */
export function ForgetPhone({ isConnected }: { isConnected: Connected }) {
  const isAsking = useSignal(false)
  return (
    <>
      <Button onClick={() => (isAsking.value = true)}>{settingsText.value.forget}</Button>
      {isAsking.value && <AskForget isConnected={isConnected} onClose={() => (isAsking.value = false)} />}
    </>
  )
}
