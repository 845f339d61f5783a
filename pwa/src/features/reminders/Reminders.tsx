import { signal } from '@preact/signals'
import { withPatience } from '../../offline/forget.ts'
import { choose } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { reminderBusy, reminderSilent, reminderState, renew, turnOn } from '../../push/reminders.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { AppleSteps } from '../install/InstallGuide.tsx'

/** Said on the first page until the app is closed; after that the card is not needed any more. */
const justTurnedOn = signal(false)

async function accept(): Promise<void> {
  if ((await turnOn(() => withPatience(choose('reminders_wanted', true)))) === 'on') justTurnedOn.value = true
}

function Offer() {
  const words = text.value.reminders
  const hasFailed = reminderState.value === 'failed'
  return (
    <>
      <p>{words.explain}</p>
      {hasFailed && <p role="status">{words.failed}</p>}
      <Button kind="primary" wide busy={reminderBusy.value} onClick={() => void accept()}>
        {reminderBusy.value ? words.turningOn : words.turnOn}
      </Button>
    </>
  )
}

/** Reminders are on, and yet the last ones were not shown here: said plainly, with the one thing that may help. */
function Silent() {
  const words = text.value.reminders
  return (
    <>
      <p role="status">{words.silent}</p>
      <p>{words.silentHow}</p>
      <Button kind="primary" wide busy={reminderBusy.value} onClick={() => void renew()}>
        {reminderBusy.value ? words.turningOn : words.renew}
      </Button>
    </>
  )
}

/** What holds on this phone, and the next step from there. */
export function Standing() {
  const words = text.value.reminders
  const state = reminderState.value
  if (state === 'on' && reminderSilent.value) return <Silent />
  if (state === 'on') return <p role="status">{words.on}</p>
  if (state === 'old') return <p>{words.old}</p>
  if (state === 'refused')
    return (
      <>
        <p role="status">{words.refused}</p>
        <p>{words.refusedHow}</p>
      </>
    )
  if (state === 'install')
    return (
      <>
        <p>{words.install}</p>
        <AppleSteps />
      </>
    )
  return <Offer />
}

/** On the first page, until reminders are on. */
export function RemindersCard() {
  const isFine = reminderState.value === 'on' && !justTurnedOn.value && !reminderSilent.value
  if (isShared.value || isFine) return null
  return (
    <Card heading={text.value.reminders.heading}>
      <Standing />
    </Card>
  )
}
