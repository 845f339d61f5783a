import { signal } from '@preact/signals'

/** The path on the screen. Paths hold opaque ids only. */
export const path = signal('/')

let before = '/'

/** The page one came from by a link of ours; the first page if there is none. */
export function cameFrom(): string {
  return before === path.value ? '/' : before
}

/** Goes to a page of ours without loading anything. */
export function navigate(to: string, replace = false): void {
  if (to !== path.value && !replace) before = path.value
  if (to !== path.value) history[replace ? 'replaceState' : 'pushState'](null, '', to)
  path.value = to
  scrollTo(0, 0)
}

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain = event.button === 0 && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  const target = isPlain && event.target instanceof Element ? event.target.closest('a') : null
  const isOurs = target?.origin === location.origin && !target.hasAttribute('download') && target.target === ''
  return isOurs && !target.pathname.startsWith('/staff') ? target : null
}

/** Makes our own links and the Back button change the page in place. */
export function startNavigation(): void {
  path.value = location.pathname
  addEventListener('popstate', () => (path.value = location.pathname))
  document.addEventListener('click', (event) => {
    const link = linkOf(event)
    // A link within the page stays the browser's.
    if (!link || (link.pathname === location.pathname && link.hash)) return
    event.preventDefault()
    navigate(link.pathname)
  })
}
