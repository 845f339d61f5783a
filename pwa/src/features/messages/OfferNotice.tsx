import { withPatience } from '../../offline/forget.ts'
import { answerForGood, choices, choose, records } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { reminderBusy, reminderState, turnOn } from '../../push/reminders.ts'
import { messagesText } from '../../text/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { changeSettings } from '../reminders/settings.ts'
import { say } from '../said.ts'

const ASKED = 'message_notice_asked'
const ABLE = ['on', 'off', 'failed']

/** Says yes to notices; what was chosen is kept only where the phone really shows them. */
export async function accept(): Promise<void> {
  if (reminderState.value !== 'on') {
    // The phone asks for its own permission only while the tap is fresh.
    if ((await turnOn(() => withPatience(choose('reminders_wanted', true)))) !== 'on') {
      say(messagesText.value.offerNotShown)
      return
    }
  }
  if (!(await changeSettings({ messages: true }))) return
  await answerForGood(ASKED)
  say(messagesText.value.offered)
}

async function decline(): Promise<void> {
  await answerForGood(ASKED)
  say(messagesText.value.offered)
}

/** Asked once, where a phone can show notices: off until the person says yes. */
export function OfferNotice() {
  const words = messagesText.value
  const isSettled = records.value.profile?.reminders.messages === true || choices.value[ASKED] === true
  if (isSettled || isShared.value || !ABLE.includes(reminderState.value)) return null
  return (
    <Card heading={words.offerHeading}>
      <p>{words.offerText}</p>
      {reminderState.value !== 'on' && <p>{words.offerAlso}</p>}
      <div class="button-row">
        <Button busy={reminderBusy.value} onClick={() => void accept()}>
          {words.offerYes}
        </Button>
        <Button onClick={() => void decline()}>{words.offerNo}</Button>
      </div>
    </Card>
  )
}
