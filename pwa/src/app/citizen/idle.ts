import { effect } from '@preact/signals'
import { leave, standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'

const IDLE_MS = 10 * 60_000
const LOOK_EVERY_MS = 15_000
const SIGNS = ['pointerdown', 'keydown', 'scroll'] as const

/** Somebody went away from a shared device: after ten minutes without a sign nothing of them is left. */
function watch(): () => void {
  let lastSign = Date.now()
  const note = () => (lastSign = Date.now())
  const look = () => {
    if (Date.now() - lastSign >= IDLE_MS) void leave(false)
  }
  SIGNS.forEach((sign) => addEventListener(sign, note, { passive: true }))
  document.addEventListener('visibilitychange', look)
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    SIGNS.forEach((sign) => removeEventListener(sign, note))
  }
}

/** Watches as long as somebody uses the app on a shared device. */
export function watchSharedDevice(): void {
  effect(() => (isShared.value && standing.value === 'paired' ? watch() : undefined))
}
