import { useSignal } from '@preact/signals'
import { type StaffMessage, withdrawMessage } from '../../api/staffMessages'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffMessagesText } from '../../text/staffMessages'
import { Button } from '../../ui/Button'
import { sayWhenBriefly } from '../../ui/days'
import { Dialog } from '../../ui/Dialog'
import { useActing } from '../staff-goals/acting'

const LATE_MS = 15 * 60_000

interface EntryProps {
  citizenId: string
  alias: string
  message: StaffMessage
}

/** One message; when it was written, and when it came if that was later. */
export function Entry({ citizenId, alias, message }: EntryProps) {
  const words = staffMessagesText()
  const when = (instant: string) => sayWhenBriefly(instant, language.value, new Date())
  const isLate = Date.parse(message.received_at) - Date.parse(message.at) > LATE_MS
  const said = isLate ? `${when(message.at)}, ${words.arrived(when(message.received_at))}` : when(message.at)
  return (
    <li class={message.by === 'citizen' ? 'thread-entry' : 'thread-entry thread-ours'}>
      <p>
        <strong>{message.by === 'citizen' ? alias : message.staff_name}</strong> <span class="quiet">{said}</span>
      </p>
      {message.withdrawn ? <p class="quiet">{words.withdrawn}</p> : <p class="own-words">{message.text}</p>}
      {message.mine && !message.withdrawn && <Withdraw citizenId={citizenId} messageId={message.id} when={said} />}
    </li>
  )
}

function Withdraw({ citizenId, messageId, when }: { citizenId: string; messageId: string; when: string }) {
  const words = staffMessagesText()
  const isAsking = useSignal(false)
  const { busy, trouble, act } = useActing()
  const close = () => (isAsking.value = false)
  const withdraw = async () => {
    if (await act(() => withdrawMessage(citizenId, messageId), words.withdrawDone)) close()
  }
  return (
    <>
      <Button kind="quiet" label={words.withdrawNamed(when)} onClick={() => (isAsking.value = true)}>
        {words.withdraw}
      </Button>
      <Dialog open={isAsking.value} heading={words.withdrawHeading} onClose={close}>
        <p>{words.withdrawText}</p>
        {trouble && <p role="alert">{trouble}</p>}
        <div class="button-row">
          <Button busy={busy} onClick={() => void withdraw()}>
            {words.withdrawYes}
          </Button>
          <Button kind="primary" onClick={close}>
            {staffText().cancel}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
