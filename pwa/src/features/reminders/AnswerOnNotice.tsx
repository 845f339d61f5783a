import { choices, choose } from '../../offline/phone.ts'
import { ANSWER_ON_NOTICE } from '../../offline/replies.ts'
import { text } from '../../text/text.ts'
import { Checkbox } from '../../ui/Field.tsx'

/** Browsers that show buttons on a notice; an iPhone does not. */
const hasButtons = () => 'Notification' in globalThis && 'actions' in Notification.prototype

/** "Jeg kommer" and "Jeg kan ikke" on the notice itself: off until somebody asks for it, since others may see them. */
export function AnswerOnNotice() {
  const words = text.value.reminders
  if (!hasButtons()) return null
  return (
    <Checkbox
      id="answer-on-notice"
      label={words.answerOnNotice}
      hint={words.answerOnNoticeHint}
      checked={choices.value[ANSWER_ON_NOTICE] === true}
      onChange={(on) => void choose(ANSWER_ON_NOTICE, on || undefined)}
    />
  )
}
