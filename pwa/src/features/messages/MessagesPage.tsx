import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { eraseMessage, markSeen, messages, waitingMessages, type Message } from '../../offline/message-store.ts'
import { records } from '../../offline/phone.ts'
import { messagesText } from '../../text/messages.ts'
import { text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { Button } from '../../ui/Button.tsx'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { OfferNotice } from './OfferNotice.tsx'
import { WhoAnswers } from './WhoAnswers.tsx'

const REFUSED = ['message']

/** When it was written, as people say it. */
function whenOf({ at }: Message): string {
  const wall = copenhagenWall(at)
  return describeWhen(`${wall.date}T${wall.time}`, wallNow.value.date, text.value.when)
}

/** Takes the words away for good, after one plain question. */
function Erase({ message }: { message: Message }) {
  const words = messagesText.value
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const erase = async () => {
    const isGone = await eraseMessage(message.id)
    close()
    say(isGone ? words.erased : words.notKept)
  }
  return (
    <>
      <Button kind="quiet" label={words.eraseLabel(whenOf(message))} onClick={() => (isAsking.value = true)}>
        {words.erase}
      </Button>
      <Dialog open={isAsking.value} heading={words.eraseHeading} onClose={close}>
        <p>{words.eraseText}</p>
        <div class="button-row">
          <Button onClick={() => void erase()}>{words.eraseYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.eraseNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Entry({ message }: { message: Message }) {
  const words = messagesText.value
  const isMine = message.by === 'citizen'
  return (
    <li class={isMine ? 'message message-mine' : 'message'}>
      <p class="message-who">
        <strong>{isMine ? words.me : message.name}</strong> <span class="quiet">{whenOf(message)}</span>
      </p>
      {message.withdrawn ? <p class="quiet">{words.withdrawn}</p> : <p class="own-words">{message.text}</p>}
      {waitingMessages.value.has(message.id) && <p class="quiet">{words.waiting}</p>}
      {isMine && <Erase message={message} />}
    </li>
  )
}

/** What was sent back because nobody reads it: the words stand there, and what to do instead. */
function SentBack() {
  const isUnread = records.value.rejected.some((each) => each.entity === 'message' && each.reason === 'nobody-reads')
  return (
    <>
      {isUnread && (
        <Notice role="note">
          <p>{messagesText.value.callInstead}</p>
        </Notice>
      )}
      <RefusedEdits of={REFUSED} />
    </>
  )
}

/** What the person and the contact person wrote to each other, the newest first. */
export function MessagesPage() {
  const words = messagesText.value
  const shown = messages.value
  useEffect(markSeen, [shown])
  return (
    <Page heading={text.value.contact.messages}>
      <SaidHere />
      <SentBack />
      <p>
        <a class="button button-primary button-wide" href="/beskeder/ny">
          {words.write}
        </a>
      </p>
      {shown.length === 0 ? (
        <>
          <p>{words.none}</p>
          <WhoAnswers />
        </>
      ) : (
        <ul class="messages">
          {shown.map((message) => (
            <Entry key={message.id} message={message} />
          ))}
        </ul>
      )}
      {shown.some((each) => each.by === 'citizen') && <OfferNotice />}
    </Page>
  )
}
