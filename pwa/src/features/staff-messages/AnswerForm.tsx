import { writeMessage } from '../../api/staffMessages'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffMessagesText } from '../../text/staffMessages'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { WordsField } from '../staff-goals/WordsField'

const LONGEST = 2000

interface AnswerProps {
  citizenId: string
  /** The newest message of the person on the screen. */
  seen: string | null
}

function wrong({ text }: { text: string }): Record<string, string> {
  if (!text.trim()) return { text: staffText().problem.required }
  return [...text.trim()].length > LONGEST ? { text: staffMessagesText().tooLong } : {}
}

/** A message to the person; the same one is never sent twice. */
export function AnswerForm({ citizenId, seen }: AnswerProps) {
  const text = staffText()
  const words = staffMessagesText()
  const start = () => ({ id: newIdentifier(), text: '' })
  const form = useForm({
    key: `message:${citizenId}`,
    initial: start,
    check: wrong,
    send: async ({ id, text: message }) => {
      await writeMessage(citizenId, { id, text: message.trim(), seen })
      form.reset(start())
      sayDone(words.sent)
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <FormFrame form={form} labels={{ text: words.answer }} controls={{ text: 'message-text' }} summary={text.problem.summary} submit={words.send}>
      <WordsField
        id="message-text"
        label={words.answer}
        hint={words.answerHint}
        error={form.trouble.fields?.['text']}
        value={form.values.text}
        rows={4}
        maxLength={LONGEST * 2}
        onInput={(value) => form.set('text', value)}
      />
    </FormFrame>
  )
}
