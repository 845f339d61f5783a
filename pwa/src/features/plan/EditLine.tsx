import { useSignal } from '@preact/signals'
import { editPhone, editText, type PlanLine } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { useDraft, type Draft } from '../draft.ts'
import { saySaved } from './saving.ts'
import { troubleWithPhone, troubleWithText } from './words.ts'

/** What is being written, and what stood there when the person began: others' words stay beside it. */
interface Written {
  value: string
  seen: string[]
}

/** Until the person types, the field follows what the line says. */
function useWritten(line: PlanLine, field: 'text' | 'phone'): Draft<Written> {
  const draft = useDraft<Written | null>(`${field}:${line.id}`, () => null)
  const standing = { value: line[field][0]?.value ?? '', seen: line[field].map((each) => each.version) }
  return { ...draft, value: draft.value ?? standing }
}

/** Changes the words of a line. */
export function EditText({ line }: { line: PlanLine }) {
  const words = planText.value
  const draft = useWritten(line, 'text')
  const wrong = useSignal<string | undefined>(undefined)
  const save = async () => {
    wrong.value = troubleWithText(draft.value.value, words.section) ?? undefined
    if (wrong.value) return document.getElementById('line-text')?.focus()
    const { value, seen } = draft.value
    if (saySaved(await editText(line.id, value.trim(), seen))) draft.drop()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <FreeText
        id="line-text"
        label={words.line.text}
        error={wrong.value}
        value={draft.value.value}
        onInput={(value) => draft.set({ ...draft.value, value })}
      />
      <Button kind="primary" type="submit" wide>
        {words.line.save}
      </Button>
    </form>
  )
}

/** Changes the number of a line, or takes it away by leaving it empty. */
export function EditPhone({ line }: { line: PlanLine }) {
  const words = planText.value
  const draft = useWritten(line, 'phone')
  const wrong = useSignal<string | undefined>(undefined)
  const save = async () => {
    wrong.value = troubleWithPhone(draft.value.value, words.section) ?? undefined
    if (wrong.value) return document.getElementById('line-phone')?.focus()
    const { value, seen } = draft.value
    if (saySaved(await editPhone(line.id, value.trim() || null, seen))) draft.drop()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField
        id="line-phone"
        type="tel"
        label={words.section.phone}
        hint={words.section.phoneHint}
        error={wrong.value}
        value={draft.value.value}
        onInput={(value) => draft.set({ ...draft.value, value })}
      />
      <Button type="submit">{words.line.savePhone}</Button>
    </form>
  )
}
