import { answerForGood, choices } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'

const KNOWN = 'leaving_known'

function Sentences({ all }: { all: string[] }) {
  return (
    <ul>
      {all.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}

/** How to get away fast, and what that does not hide. */
export function LeavingPage() {
  const words = text.value.leaving
  return (
    <Page heading={words.heading}>
      <Sentences all={words.how} />
      <h2>{words.limits}</h2>
      <Sentences all={words.cannot} />
    </Page>
  )
}

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
