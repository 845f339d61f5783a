import { signal } from '@preact/signals'

/** Pages by path: links are ordinary links, Back works, and a page without script would still have its address. */
export const path = signal('/')

/** What was captured from the address by its names, or null when the pattern does not fit. */
export function matchPath(pattern: string, address: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean)
  const given = address.split('/').filter(Boolean)
  if (wanted.length !== given.length) return null
  const found: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) found[part.slice(1)] = value
    else if (part !== value) return null
  }
  return found
}

/** Goes to another page of this entry. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  path.value = location.pathname
  window.scrollTo(0, 0)
}

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!plain || event.defaultPrevented || !(event.target instanceof Element)) return null
  const link = event.target.closest('a')
  return link && !link.target && !link.hasAttribute('download') ? link : null
}

/** Follows links below the prefix without a new load; everything else is left to the browser. */
export function startRouting(prefix: string): void {
  path.value = location.pathname
  window.addEventListener('popstate', () => {
    path.value = location.pathname
  })
  document.addEventListener('click', (event) => {
    const link = linkOf(event)
    if (!link || link.origin !== location.origin || !link.pathname.startsWith(prefix) || link.hash) return
    event.preventDefault()
    navigate(link.pathname)
  })
}
