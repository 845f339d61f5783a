import { text } from '../../text/text.ts'
import { Notice } from '../../ui/Notice.tsx'

/** The browser has lost what was kept: nothing is shown as if it were all there is. The way on stands beside it. */
export function Lost() {
  return (
    <Notice>
      <p>{text.value.start.lost}</p>
    </Notice>
  )
}
