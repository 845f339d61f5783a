/** Runs a hook as a component does, without a page around it. */
import { h, render } from 'preact'
import { vi } from 'vitest'

export interface Running<T> {
  /** What the hook answered last. */
  current: T
  /** Shows the component anew, with what it is given now. */
  again: () => void
  /** Leaves the page. */
  end: () => void
}

export function runHook<T>(hook: () => T): Running<T> {
  const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element
  vi.stubGlobal('document', { documentElement: null })
  let shown = 0
  const Holder = (_props: { shown: number }) => {
    running.current = hook()
    return null
  }
  const show = () => render(h(Holder, { shown: (shown += 1) }), place)
  const running = { again: show, end: () => render(null, place) } as Running<T>
  show()
  return running
}

/** Waits until what was asked for is here and shown. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve))
}
