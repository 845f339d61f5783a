import { isClosed } from '../offline/held.ts'
import { text } from '../text/text.ts'

/** The way back on a locked phone: there the bar offers no place to go, and an installed app has no back button. */
export function BackWhenLocked() {
  if (!isClosed.value) return null
  return (
    <p>
      <a class="row-link" href="/">
        {text.value.back}
      </a>
    </p>
  )
}
