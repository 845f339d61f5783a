import { tell } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { newIdentifier } from '../../ui/identifier'
import { WordsField } from './WordsField'

export const LONGEST_WORDS = 2000

/** How it goes, for both sides to read. */
export function NoteForm({ goalId }: { goalId: string }) {
  const text = staffText()
  const words = staffGoalsText().tell
  const start = () => ({ id: newIdentifier(), text: '' })
  const form = useForm({
    key: `note:${goalId}`,
    initial: start,
    check: (values): Record<string, string> => (values.text.trim() ? {} : { text: staffText().problem.required }),
    send: async ({ id, text: note }) => {
      await tell(goalId, { id, kind: 'note', text: note.trim() })
      form.reset(start())
      sayDone(staffText().saved)
    },
    explain: (error) => explain(error, staffText()),
  })
  return (
    <FormFrame form={form} labels={{ text: words.note }} controls={{ text: 'note-text' }} summary={text.problem.summary} submit={words.submit}>
      <WordsField
        id="note-text"
        label={words.note}
        hint={words.noteHint}
        error={form.trouble.fields?.['text']}
        value={form.values.text}
        maxLength={LONGEST_WORDS}
        onInput={(value) => form.set('text', value)}
      />
    </FormFrame>
  )
}
