import { records } from '../offline/phone.ts'
import { goalsText } from '../text/goals.ts'
import { text } from '../text/text.ts'

/** There is no contact person and nobody who stands in: what is written reaches nobody, a call does. */
export function NobodyReads() {
  const number = records.value.profile?.unit.phone
  return (
    <>
      <p>{goalsText.value.share.nobody}</p>
      {number && (
        <p>
          <a class="phone-link" href={`tel:${number.replace(/[^+\d]/g, '')}`}>
            {text.value.contact.call(number)}
          </a>
        </p>
      )}
    </>
  )
}
