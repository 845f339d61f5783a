import { effect } from '@preact/signals'
import { leave, standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'

const IDLE_MS = 10 * 60_000
const LOOK_EVERY_MS = 15_000
const SIGNS = ['pointerdown', 'keydown', 'scroll'] as const

/**
 * Acts when nobody has touched the page for so long; gives back how to stop watching.
 *
 * The times are compared whenever the page wakes, for its timer sleeps with the phone. A clock that was set back
 * counts as too long.
 */
export function whenIdle(milliseconds: number, lookEvery: number, act: () => void): () => void {
  let lastSign = Date.now()
  const note = () => (lastSign = Date.now())
  const look = () => {
    const since = Date.now() - lastSign
    if (since >= milliseconds || since < 0) act()
  }
  SIGNS.forEach((sign) => addEventListener(sign, note, { passive: true }))
  document.addEventListener('visibilitychange', look)
  const timer = setInterval(look, lookEvery)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    SIGNS.forEach((sign) => removeEventListener(sign, note))
  }
}

/** Somebody went away from a shared device: after ten minutes without a sign nothing of them is left. */
export function watchSharedDevice(): void {
  const isUsed = () => isShared.value && standing.value === 'paired'
  effect(() => (isUsed() ? whenIdle(IDLE_MS, LOOK_EVERY_MS, () => void leave(false)) : undefined))
}
