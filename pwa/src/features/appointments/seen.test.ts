import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SEEN_AFTER_MS, whenSeen } from './seen.ts'

class Screen extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

const note = vi.fn()
let screen: Screen
const start = () => whenSeen(note, screen as unknown as Document)

beforeEach(() => {
  vi.useFakeTimers()
  note.mockReset()
  screen = new Screen()
})

afterEach(() => vi.useRealTimers())

describe('a time on the screen', () => {
  it('is seen after a second in sight, not at once', () => {
    start()
    vi.advanceTimersByTime(SEEN_AFTER_MS - 1)
    expect(note).not.toHaveBeenCalled()

    vi.advanceTimersByTime(1)
    expect(note).toHaveBeenCalledOnce()
  })

  it('is not seen on a page that nobody can see, until it comes into sight', () => {
    screen.visibilityState = 'hidden'
    start()
    vi.advanceTimersByTime(10 * SEEN_AFTER_MS)
    expect(note).not.toHaveBeenCalled()

    screen.turn('visible')
    vi.advanceTimersByTime(SEEN_AFTER_MS)
    expect(note).toHaveBeenCalledOnce()
  })

  it('is not seen when the page goes away within the second, and the second begins anew', () => {
    start()
    vi.advanceTimersByTime(SEEN_AFTER_MS - 1)
    screen.turn('hidden')
    vi.advanceTimersByTime(SEEN_AFTER_MS)
    screen.turn('visible')
    vi.advanceTimersByTime(SEEN_AFTER_MS - 1)

    expect(note).not.toHaveBeenCalled()
  })

  it('is forgotten when the page is left', () => {
    start()()
    vi.advanceTimersByTime(SEEN_AFTER_MS)
    screen.turn('visible')
    vi.advanceTimersByTime(SEEN_AFTER_MS)

    expect(note).not.toHaveBeenCalled()
  })
})
