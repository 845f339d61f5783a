import type { KeptContact } from '../../api/crisisLine.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'
import { factsOf } from './facts.ts'

/** An instant as people say it, where it begins a line. */
export function momentOf(instant: string): string {
  const { date, time } = copenhagenWall(instant)
  const said = describeWhen(`${date}T${time}`, wallNow.value.date, text.value.when)
  return said.charAt(0).toLocaleUpperCase() + said.slice(1)
}

/** Everything that is kept of a contact. */
export function Facts({ contact }: { contact: KeptContact }) {
  return (
    <dl class="kept">
      {factsOf(contact, momentOf(contact.opened_at), crisisLineText.value.facts).map(([label, value]) => (
        <div key={`${label}${value}`}>
          <dt>{label}</dt>
          <dd class="own-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
