import { describe, expect, it } from 'vitest'
import { whenHiddenLong } from './hidden.ts'

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'

  turn(state: DocumentVisibilityState) {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

function watched() {
  const page = new Page()
  const seen = { now: 1_000_000, times: 0 }
  const stop = whenHiddenLong(() => (seen.times += 1), page, () => seen.now)
  const goAway = (milliseconds: number) => {
    page.turn('hidden')
    seen.now += milliseconds
    page.turn('visible')
  }
  return { seen, stop, goAway }
}

describe('words on a page that was out of sight', () => {
  it('stay for somebody who is back soon', () => {
    const { seen, goAway } = watched()

    goAway(59_000)
    goAway(59_000)

    expect(seen.times).toBe(0)
  })

  it('go after a minute, and when the clock was set back meanwhile', () => {
    const { seen, goAway } = watched()

    goAway(60_000)
    goAway(-5_000)

    expect(seen.times).toBe(2)
  })

  it('are watched no longer than the page stands', () => {
    const { seen, stop, goAway } = watched()

    stop()
    goAway(90_000)

    expect(seen.times).toBe(0)
  })
})
