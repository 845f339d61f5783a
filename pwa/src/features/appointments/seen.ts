/** How long a time has to stand in sight before it counts as seen. */
export const SEEN_AFTER_MS = 1_000

type Screen = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/**
 * Calls `note` when the page has been in sight for a second without a break; a page that was only opened behind
 * another, or flicked past, has been seen by nobody. Hand back: how to stop waiting.
 */
export function whenSeen(note: () => void, screen: Screen = document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (screen.visibilityState === 'visible') timer = setTimeout(note, SEEN_AFTER_MS)
  }
  screen.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearTimeout(timer)
    screen.removeEventListener('visibilitychange', look)
  }
}
