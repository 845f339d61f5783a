import { useSignal } from '@preact/signals'
import { sendMessage } from '../../offline/message-store.ts'
import { messagesText } from '../../text/messages.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { wrongWith } from './length.ts'
import { WhoAnswers } from './WhoAnswers.tsx'

const FIELD = 'message-text'

function MessageForm() {
  const words = messagesText.value
  const draft = useDraft<string>('message', () => '')
  const wrong = useSignal<string | undefined>(undefined)
  const send = async () => {
    wrong.value = wrongWith(draft.value, words)
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    if (!(await sendMessage(draft.value.trim()))) return say(words.notKept)
    draft.drop()
    navigate('/beskeder', true)
    say(words.kept)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <SaidHere />
      <FreeText id={FIELD} label={words.label} hint={words.hint} error={wrong.value} value={draft.value} rows={5} onInput={draft.set} />
      <Button kind="primary" type="submit" wide>
        {words.send}
      </Button>
    </form>
  )
}

/** A message of one's own: who answers and when stands above it, and that it is not for urgent help. */
export function WritePage() {
  const words = messagesText.value
  return (
    <Page heading={words.write}>
      <Notice role="note">
        <p>
          <strong>{words.notUrgent}</strong> <a href="/hjaelp">{text.value.help}</a>
        </p>
      </Notice>
      <WhoAnswers />
      <MessageForm />
      <p>
        <a class="way-on" href="/beskeder">{words.back}</a>
      </p>
    </Page>
  )
}
