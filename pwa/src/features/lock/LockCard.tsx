import { isUnproved, lockState } from '../../offline/held.ts'
import { answerForGood, choices, standing, storage } from '../../offline/phone.ts'
import { planLines } from '../../offline/plan-store.ts'
import { isShared } from '../../offline/shared.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'

const ANSWERED = 'lock_answered'

/** Whether this phone keeps something that a code could close. */
export function canLock(): boolean {
  return !isShared.value && storage.value !== 'memory' && !isUnproved.value
}

/** Asked once, when there is something to lock; never in the way. */
export function LockCard() {
  const words = text.value.lock
  const isWorthAsking = canLock() && (standing.value === 'paired' || planLines.value.length > 0)
  if (!isWorthAsking || lockState.value !== 'none' || choices.value[ANSWERED] === true) return null
  return (
    <Card heading={words.ask}>
      <p>{words.askText}</p>
      <p>
        <a class="button button-secondary button-wide" href="/indstillinger/kode">
          {words.choose}
        </a>
      </p>
      <Button kind="quiet" onClick={() => void answerForGood(ANSWERED)}>
        {words.notNow}
      </Button>
    </Card>
  )
}
