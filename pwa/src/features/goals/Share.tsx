import { goalsText } from '../../text/goals.ts'
import { records } from '../../offline/phone.ts'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { NobodyReads } from '../NobodyReads.tsx'
import { canTell, hasNobody } from '../readers.ts'
import type { Audience } from './audience.ts'
import { contactPerson } from './wording.ts'

interface ShareProps {
  chosen: Audience
  error: string | undefined
  onChange: (chosen: Audience) => void
}

/** The control that an error leads to. */
export const SHARE_FIELD = 'who-shall-know'

/** Who may know: asked each time, with nothing chosen before; where nobody reads, that is said instead. */
export function Share({ chosen, error, onChange }: ShareProps) {
  const words = goalsText.value
  const { share } = words
  if (hasNobody()) {
    return (
      <>
        <p>{words.hard.kept}</p>
        <NobodyReads />
      </>
    )
  }
  if (!canTell()) return null
  return (
    <ChoiceGroup
      id={SHARE_FIELD}
      label={share.question}
      hint={share.hint(records.value.profile?.contact_person?.name ?? null)}
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
