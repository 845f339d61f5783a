import { useSignal } from '@preact/signals'
import { leave, replies, standing } from '../../offline/phone.ts'
import { resetReminders } from '../../push/reminders.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReminderSection } from '../reminders/Reminders.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

function ForgetDialog({ onClose }: { onClose: () => void }) {
  const words = text.value.settings
  const isBusy = useSignal(false)
  const waiting = replies.value.filter((reply) => reply.status === 'waiting').length
  const forget = async () => {
    isBusy.value = true
    await leave(false)
    resetReminders()
  }
  return (
    <Dialog open heading={words.forgetHeading} onClose={onClose}>
      <p>{words.forgetText}</p>
      {waiting > 0 && <p>{words.forgetWaiting(waiting)}</p>}
      <div class="button-row">
        <Button kind="primary" busy={isBusy.value} onClick={() => void forget()}>
          {isBusy.value ? words.forgetting : words.forgetYes}
        </Button>
        <Button onClick={onClose}>{words.forgetNo}</Button>
      </div>
    </Dialog>
  )
}

function ThisPhone() {
  const words = text.value.settings
  const isAsking = useSignal(false)
  return (
    <Card heading={words.phone}>
      <p>{words.forgetWhat}</p>
      <Button onClick={() => (isAsking.value = true)}>{words.forget}</Button>
      {isAsking.value && <ForgetDialog onClose={() => (isAsking.value = false)} />}
    </Card>
  )
}

/** What the person decides about the app on this phone. */
export function SettingsPage() {
  const words = text.value.settings
  return (
    <Page heading={words.heading}>
      {standing.value === 'paired' && <ReminderSection />}
      <Card heading={words.language}>
        <LanguageSwitch />
      </Card>
      {standing.value === 'paired' && <ThisPhone />}
    </Page>
  )
}
