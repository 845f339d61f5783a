import { useSignal } from '@preact/signals'
import { addLine, type Section } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { sectionWords } from '../../text/sections.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { useDraft } from '../draft.ts'
import { saySaved } from './saving.ts'
import { hasPhone, troubleWithPhone, troubleWithText } from './words.ts'

const TEXT = 'new-line'
const PHONE = 'new-phone'
const NOTHING = { text: '', phone: '' }

/** Words to begin from; a tap puts one in the field. */
function Suggestions({ section, onTake }: { section: Section; onTake: (words: string) => void }) {
  const words = planText.value.section
  const { suggestions } = sectionWords(section)
  if (suggestions.length === 0) return null
  return (
    <details class="suggestions">
      <summary>{words.stuck}</summary>
      <p class="quiet">{words.suggestionsHint}</p>
      <ul class="plain-list">
        {suggestions.map((each) => (
          <li key={each}>
            <button type="button" class="suggestion" onClick={() => onTake(each)}>
              {each}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** One line more: a few words, and a number where somebody can be called. */
export function AddLine({ section }: { section: Section }) {
  const words = planText.value.section
  const draft = useDraft(`add:${section}`, () => NOTHING)
  const wrong = useSignal<{ text?: string | undefined; phone?: string | undefined }>({})
  const take = (suggestion: string) => {
    draft.set({ ...draft.value, text: suggestion })
    document.getElementById(TEXT)?.focus()
  }
  const save = async () => {
    const { text, phone } = draft.value
    const found = { text: troubleWithText(text, words) ?? undefined, phone: troubleWithPhone(phone, words) ?? undefined }
    wrong.value = found
    if (found.text || found.phone) return document.getElementById(found.text ? TEXT : PHONE)?.focus()
    const id = await addLine(section, text.trim(), phone.trim() || undefined)
    if (!saySaved(id !== null)) return
    draft.drop()
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
        id={TEXT}
        label={words.add}
        error={wrong.value.text}
        value={draft.value.text}
        onInput={(text) => draft.set({ ...draft.value, text })}
      />
      {hasPhone(section) && (
        <TextField
          id={PHONE}
          type="tel"
          label={words.phone}
          hint={words.phoneHint}
          error={wrong.value.phone}
          value={draft.value.phone}
          onInput={(phone) => draft.set({ ...draft.value, phone })}
        />
      )}
      <Button kind="primary" type="submit" wide>
        {words.addButton}
      </Button>
      <Suggestions section={section} onTake={take} />
    </form>
  )
}
