import { useSignal } from '@preact/signals'
import { isInUse, leave, sendNow, standing, unsent } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { resetReminders } from '../../push/reminders.ts'
import { settingsText } from '../../text/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { LockSection } from '../lock/LockSection.tsx'
import { OtherWays } from '../reminders/OtherWays.tsx'
import { ReminderSection } from '../reminders/ReminderSection.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

type Step = 'asking' | 'sending' | 'not-sent' | 'forgetting'

/** Changes that nobody has but this phone are sent first, or given up knowingly. */
function Unsent({ step, onSend }: { step: Step; onSend: () => void }) {
  const words = settingsText.value
  return (
    <>
      <p>{words.forgetWaiting(unsent.value)}</p>
      <p role="status">{step === 'not-sent' && words.notSent}</p>
      <Button kind="primary" busy={step === 'sending'} onClick={onSend}>
        {step === 'sending' ? words.sending : words.sendFirst}
      </Button>
    </>
  )
}

function ForgetDialog({ onClose }: { onClose: () => void }) {
  const words = settingsText.value
  const step = useSignal<Step>('asking')
  const isPaired = standing.value === 'paired'
  const mustSend = isPaired && unsent.value > 0
  const send = async () => {
    step.value = 'sending'
    step.value = (await sendNow()) ? 'asking' : 'not-sent'
  }
  const forget = async () => {
    step.value = 'forgetting'
    await leave(false)
    resetReminders()
    onClose()
  }
  const yes = mustSend ? words.forgetAnyway : words.forgetYes
  return (
    <Dialog open heading={words.forgetHeading} onClose={onClose}>
      <p>{isPaired ? words.forgetText : words.forgetAlone}</p>
      {mustSend && <Unsent step={step.value} onSend={() => void send()} />}
      <div class="button-row">
        <Button kind={mustSend ? 'quiet' : 'primary'} busy={step.value === 'forgetting'} onClick={() => void forget()}>
          {step.value === 'forgetting' ? words.forgetting : yes}
        </Button>
        <Button onClick={onClose}>{words.forgetNo}</Button>
      </div>
    </Dialog>
  )
}

function ThisPhone() {
  const words = settingsText.value
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
export function Settings() {
  const words = settingsText.value
  return (
    <Page heading={words.heading}>
      <SaidHere />
      {standing.value === 'paired' && !isShared.value && <ReminderSection />}
      {standing.value === 'paired' && !isShared.value && <OtherWays />}
      {standing.value === 'paired' && !isShared.value && (
        <Card heading={words.calendar}>
          <p>{words.calendarWhat}</p>
          <p>
            <a class="way-on" href="/kalender">
              {words.calendarLink}
            </a>
          </p>
        </Card>
      )}
      <LockSection />
      <Card heading={words.language}>
        <LanguageSwitch />
      </Card>
      {isInUse.value && <ThisPhone />}
    </Page>
  )
}
