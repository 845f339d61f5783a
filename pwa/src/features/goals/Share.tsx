import { goalsText } from '../../text/goals.ts'
import { standing } from '../../offline/phone.ts'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { contactPerson } from './wording.ts'

/** Nobody has said yet who shall know; without a pairing there is nobody to tell. */
export type Audience = 'tell' | 'keep' | ''

/** What is chosen before anybody was asked: nothing, unless there is nobody to tell. */
export function firstAudience(): Audience {
  return standing.value === 'paired' ? '' : 'keep'
}

interface ShareProps {
  chosen: Audience
  error: string | undefined
  onChange: (chosen: Audience) => void
}

/** The control that an error leads to. */
export const SHARE_FIELD = 'who-shall-know'

/** Who shall know: asked each time, with nothing chosen before. */
export function Share({ chosen, error, onChange }: ShareProps) {
  const words = goalsText.value
  const { share } = words
  if (standing.value !== 'paired') return null
  return (
    <ChoiceGroup
      id={SHARE_FIELD}
      label={share.question}
      hint={share.hint}
      error={error}
      options={[
        ['tell', share.tell(contactPerson(words))],
        ['keep', share.keep],
      ]}
      chosen={[chosen]}
      onChange={([audience]) => onChange(audience as Audience)}
    />
  )
}

/** What is said when it is kept: who can see it, and from when. */
export function saidShare(shared: boolean): string {
  const words = goalsText.value
  return shared ? words.share.told(contactPerson(words)) : words.share.kept
}
