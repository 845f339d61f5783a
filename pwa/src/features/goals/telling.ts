/** Own words about a goal and who shall know of them, as a form keeps them until they are saved. */
import { useSignal } from '@preact/signals'
import { goalsText } from '../../text/goals.ts'
import { useDraft } from '../draft.ts'
import { canTell } from '../readers.ts'
import { audienceOf, type Audience } from './audience.ts'
import { SHARE_FIELD } from './Share.tsx'
import { LONGEST_WORDS } from './wording.ts'

interface Typed {
  text: string
  audience: Audience
}

interface Wrong {
  text?: string | undefined
  audience?: string | undefined
}

/** `isOptional`: it can be told without a word. `field`: the control of the words. */
export function useTelling(name: string, field: string, isOptional: boolean) {
  const draft = useDraft<Typed>(name, () => ({ text: '', audience: '' }))
  const wrong = useSignal<Wrong>({})
  const { text } = draft.value
  const audience = audienceOf(draft.value.audience, canTell())
  const find = (): Wrong => {
    const words = goalsText.value
    const isMissing = text.trim() === '' && !isOptional
    const trouble = isMissing ? words.nothing : text.trim().length > LONGEST_WORDS ? words.tooLong : undefined
    return { text: trouble, audience: audience === '' ? words.share.missing : undefined }
  }
  return {
    text,
    audience,
    wrong: wrong.value,
    setText: (value: string) => draft.set({ ...draft.value, text: value }),
    setAudience: (value: Audience) => draft.set({ ...draft.value, audience: value }),
    drop: draft.drop,
    /** What is to be told, or null if something is missing: it is said, and the focus is there. */
    take: () => {
      const found = find()
      wrong.value = found
      const first = found.text ? field : found.audience && SHARE_FIELD
      if (first) document.getElementById(first)?.focus()
      return first ? null : { ...(text.trim() && { text: text.trim() }), shared: audience === 'tell' }
    },
  }
}
