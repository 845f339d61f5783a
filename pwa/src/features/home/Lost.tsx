import { text } from '../../text/text.ts'
import { Notice } from '../../ui/Notice.tsx'

/** The browser has lost what was kept: nothing is shown as if it were all there is. */
export function Lost() {
  const words = text.value.start
  return (
    <Notice>
      <p>{words.lost}</p>
      <p>
        <a class="way-on" href="/par">{words.haveCode}</a>
      </p>
    </Notice>
  )
}
