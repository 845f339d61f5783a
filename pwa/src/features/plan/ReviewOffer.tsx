import { choices, choose, records } from '../../offline/phone.ts'
import { plan } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { wallNow } from '../clock.ts'
import { offerOf } from './offer.ts'

const ANSWERED = 'review_answered'

/** An offer to look the plan through: after a contact, and on the chosen day. It asks for nothing and comes once. */
export function ReviewOffer() {
  const words = planText.value.offer
  const offer = offerOf({
    contacts: records.value.contacts,
    review_on: plan.value.review_on,
    answered: choices.value[ANSWERED],
    today: wallNow.value.date,
  })
  if (!offer) return null
  return (
    <div class="no-print">
      <Notice role="note">
        <p>{words[offer.reason]}</p>
        <p>
          <a class="way-on" href="/min-plan/dag">
            {words.another}
          </a>
        </p>
        <Button onClick={() => void choose(ANSWERED, offer.key)}>{words.done}</Button>
      </Notice>
    </div>
  )
}
