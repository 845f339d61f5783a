import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { withoutRemarks } from '../build/plain-scripts.ts'

const WRITTEN = readFileSync(fileURLToPath(new URL('../public/leave.js', import.meta.url)), 'utf8')
/** As the phone gets it. */
const CODE = withoutRemarks(WRITTEN)

interface Given {
  kept?: Record<string, string>
  type?: string
  refusesStorage?: boolean
  /** When the next picture comes, in milliseconds; never in a page that nobody looks at. */
  paintsAfter?: number
}

/** Timers that run out at once, in their order. */
function timers() {
  let now = 0
  const due = new Map<number, { at: number; step: () => void }>()
  const wait = (step: (given?: unknown) => void, milliseconds = 0, given?: unknown) => {
    const id = Math.max(0, ...due.keys()) + 1
    due.set(id, { at: now + milliseconds, step: () => step(given) })
    return id
  }
  const run = () => {
    while (due.size > 0) {
      const [id, { at, step }] = [...due].reduce((first, each) => (each[1].at < first[1].at ? each : first))
      due.delete(id)
      now = at
      step()
    }
  }
  return { wait, clear: (id: number) => void due.delete(id), run, now: () => now }
}

/** A page in which the script has run. */
function page({ kept = {}, type = 'navigate', refusesStorage = false, paintsAfter = 16 }: Given = {}) {
  const clock = timers()
  const listeners = new Map<string, (event: object) => void>()
  const order: string[] = []
  const root = {
    set hidden(on: boolean) {
      order.push(on ? 'covered' : 'shown')
    },
  }
  const storage = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key],
  }
  class Element {
    closest = () => this
  }
  const globals = {
    addEventListener: (name: string, listener: (event: object) => void) => void listeners.set(name, listener),
    dispatchEvent: (event: Event) => void order.push(event.type),
    document: { documentElement: root },
    location: { replace: (to: string) => void order.push(`went to ${to}`) },
    performance: { getEntriesByType: () => [{ type }] },
    setTimeout: clock.wait,
    clearTimeout: clock.clear,
    requestAnimationFrame: (step: () => void) => {
      const paint = () => {
        order.push('painted')
        step()
      }
      if (paintsAfter < Infinity) clock.wait(paint, paintsAfter)
    },
    Element,
    Event,
  }
  Object.defineProperty(globals, 'localStorage', {
    get: () => {
      if (refusesStorage) throw new Error('refused')
      return storage
    },
  })
  runInNewContext(CODE, globals)
  const happens = (name: string, event: object) => {
    listeners.get(name)?.(event)
    clock.run()
  }
  const press = (key: string, at: number, repeat = false) => happens('keydown', { key, timeStamp: at, repeat })
  const click = () => happens('click', { target: new Element(), preventDefault: vi.fn(), stopPropagation: vi.fn() })
  return { order, kept, happens, press, click, now: clock.now }
}

const WHOLE_WAY = ['covered', 'leaving', 'painted', 'went to /overblik.html']

describe('the way out', () => {
  it('comes without the words for its readers', () => {
    expect(WRITTEN).toContain('// ')
    expect(CODE).not.toContain('//')
  })

  it('covers first, lets what was typed be kept, then goes', () => {
    const { order, kept, click } = page()

    click()

    expect(order).toEqual(WHOLE_WAY)
    expect(kept).toEqual({ left: '1' })
  })

  it('waits for a slow phone to paint the cover, for half a second at most', () => {
    const [slow, never] = [page({ paintsAfter: 300 }), page({ paintsAfter: Infinity })]

    slow.click()
    never.click()

    expect([slow.order, slow.now()]).toEqual([WHOLE_WAY, 450])
    expect([never.order, never.now()]).toEqual([['covered', 'leaving', 'went to /overblik.html'], 500])
  })

  it('goes also where the browser lets nothing be stored', () => {
    const { order, click } = page({ refusesStorage: true })

    click()

    expect(order).toEqual(WHOLE_WAY)
  })

  it.each(['back_forward', 'reload', 'prerender'])('stays away after it when the page comes by %s', (type) => {
    const { order, kept } = page({ kept: { left: '1' }, type })

    expect(order).toEqual(['covered', 'went to /overblik.html'])
    expect(kept).toEqual({ left: '1' })
  })

  it('opens again when somebody opens it on purpose', () => {
    const { order, kept } = page({ kept: { left: '1' } })

    expect([order, kept]).toEqual([[], {}])
  })

  it('does nothing to a page that nobody has left', () => {
    expect(page({ type: 'back_forward' }).order).toEqual([])
  })

  it('covers a page that the browser kept whole and brings back', () => {
    const { order, click, happens } = page()
    click()
    order.length = 0

    happens('pageshow', { persisted: true })

    expect(order).toEqual(['covered', 'went to /overblik.html'])
  })

  it('empties this tab when another one was left', () => {
    const { order, happens } = page()

    happens('storage', { key: 'left', newValue: null })
    expect(order).toEqual([])
    happens('storage', { key: 'left', newValue: '1' })

    expect(order).toEqual(WHOLE_WAY)
  })
})

describe('Shift', () => {
  it('leaves when pressed three times within five seconds', () => {
    const { order, press } = page()
    ;[0, 2_000, 5_000].forEach((at) => press('Shift', at))

    expect(order).toEqual(WHOLE_WAY)
  })

  it('does not leave when pressed slowly, held down, or for capitals', () => {
    const { order, press } = page()
    ;[0, 3_000, 6_000].forEach((at) => press('Shift', at))
    press('Tab', 6_100)
    ;[7_000, 7_100, 7_200].forEach((at) => press('Shift', at, true))
    ;['Shift', 'A', 'Shift', 'B', 'Shift', 'C'].forEach((key, at) => press(key, 8_000 + at))

    expect(order).toEqual([])
  })
})
