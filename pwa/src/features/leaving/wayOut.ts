import { effect } from '@preact/signals'
import { text } from '../../text/text.ts'
import { wayOut } from '../../ui/LeaveLink.tsx'

/** Gives the way out its name in the person's language: the one in the page, and those in dialogs. */
export function nameTheWayOut(): void {
  effect(() => {
    wayOut.value = text.value.leaving.link
    const place = document.getElementById('leave')
    const link = place?.querySelector('a')
    place?.setAttribute('aria-label', wayOut.value)
    if (link) link.textContent = wayOut.value
  })
}
