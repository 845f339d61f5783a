import { signal } from '@preact/signals'

/** What the way out is called; null where there is none, as in the console. */
export const wayOut = signal<string | null>(null)

/** The way out within a dialog, which covers the one that stands in the page. `leave.js` listens to both. */
export function LeaveLink() {
  if (wayOut.value === null) return null
  return (
    <a class="leave" href="/overblik.html">
      {wayOut.value}
    </a>
  )
}
