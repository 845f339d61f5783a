import { effect } from '@preact/signals'
import { leave, standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'

const IDLE_MS = 10 * 60_000
const LOOK_EVERY_MS = 15_000
/** Somebody is here, also one who only reads on or writes with a switch or by voice. */
const SIGNS = ['pointerdown', 'touchstart', 'keydown', 'click', 'scroll', 'input', 'focusin'] as const
const AS_SOON = { capture: true, passive: true } as const

interface Idle {
  /** After so long without a sign of anybody, in milliseconds. */
  after: number
  lookEvery: number
  act: () => void
  /** Says it so long before, and takes it back when somebody is there. */
  warning?: { before: number; tell: (isSoon: boolean) => void }
}

/**
 * Acts when nobody has touched the page for so long; gives back how to stop watching.
 *
 * The times are compared whenever the page wakes, for its timer sleeps with the phone. A clock that was set back
 * counts as too long.
 */
export function whenIdle({ after, lookEvery, act, warning }: Idle): () => void {
  let lastSign = Date.now()
  const note = () => {
    lastSign = Date.now()
    warning?.tell(false)
  }
  const look = () => {
    const since = Date.now() - lastSign
    if (since >= after || since < 0) act()
    else warning?.tell(since >= after - warning.before)
  }
  SIGNS.forEach((sign) => addEventListener(sign, note, AS_SOON))
  document.addEventListener('visibilitychange', look)
  const timer = setInterval(look, lookEvery)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    SIGNS.forEach((sign) => removeEventListener(sign, note, AS_SOON))
    warning?.tell(false)
  }
}

/** Somebody went away from a shared device: after ten minutes without a sign nothing of them is left. */
export function watchSharedDevice(): void {
  const isUsed = () => isShared.value && standing.value === 'paired'
  effect(() => (isUsed() ? whenIdle({ after: IDLE_MS, lookEvery: LOOK_EVERY_MS, act: () => void leave(false) }) : undefined))
}
