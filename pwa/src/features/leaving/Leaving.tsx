import { answerForGood, choices } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'

const KNOWN = 'leaving_known'

/** Said once, on the first page, until the person has understood it. */
export function LeavingOnce() {
  const words = text.value.leaving
  if (choices.value[KNOWN] === true) return null
  return (
    <Card heading={words.heading}>
      <p>
        {words.short} <a href="/hurtigt-vaek">{words.more}</a>
      </p>
      <Button onClick={() => void answerForGood(KNOWN)}>{words.understood}</Button>
    </Card>
  )
}
