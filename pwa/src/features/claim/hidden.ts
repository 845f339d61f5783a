/** So long may somebody be in another app, for instance to note a code down. */
const LONG_MS = 60_000

type Sight = EventTarget & Pick<Document, 'visibilityState'>

/**
 * Acts when the page comes back into sight after a long while: it may be somebody else who looks now. Gives back how to
 * stop watching. A clock that was set back counts as long.
 */
export function whenHiddenLong(act: () => void, page: Sight = document, now: () => number = Date.now): () => void {
  let since: number | null = null
  const look = () => {
    if (page.visibilityState === 'hidden') {
      since ??= now()
      return
    }
    const away = since === null ? 0 : now() - since
    since = null
    if (away >= LONG_MS || away < 0) act()
  }
  page.addEventListener('visibilitychange', look)
  return () => page.removeEventListener('visibilitychange', look)
}
