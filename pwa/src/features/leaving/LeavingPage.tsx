import { leavingText } from '../../text/leaving.ts'
import { text } from '../../text/text.ts'
import { Page } from '../../ui/Page.tsx'
import { BackWhenLocked } from '../BackWhenLocked.tsx'

function Sentences({ all }: { all: string[] }) {
  return (
    <ul class="steps">
      {all.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}

/** How to get away fast, and what that does not hide. */
export function LeavingPage() {
  const words = leavingText()
  return (
    <Page heading={text.value.leaving.heading}>
      <BackWhenLocked />
      <Sentences all={words.how} />
      <h2>{words.limits}</h2>
      <Sentences all={words.cannot} />
    </Page>
  )
}
