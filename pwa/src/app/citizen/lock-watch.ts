import { computed, effect, signal } from '@preact/signals'
import { lockNow, lockState } from '../../offline/held.ts'
import { isApplePhone } from '../../push/reminders.ts'
import { whenIdle } from './idle.ts'

const AWAY_MS = 60_000
const IDLE_MS = 3 * 60_000
const WARN_MS = 20_000
const LOOK_EVERY_MS = 5_000
const UNCOVER_EVERY_MS = 500

/** With this on the page nothing of it can be seen or read aloud but help and the way out: _frame.scss. */
const AWAY = 'is-away'
/** Whoever touches the page is here, whatever the browser says about focus. */
const TOUCHES = ['pointerdown', 'touchstart', 'keydown'] as const
const AS_SOON = { capture: true, passive: true } as const

const hasLock = computed(() => lockState.value !== 'none')

/** Nobody has touched the page for a while: it locks in some seconds. */
export const locksSoon = signal(false)

/** While nobody looks, the page is empty: the phone takes a picture of it for its list of open apps. */
function coverWhileAway(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const show = () => {
    clearInterval(timer)
    document.documentElement.classList.remove(AWAY)
  }
  // The event that says so may not come: a page that has the focus is never left empty.
  const showIfHere = () => document.visibilityState === 'visible' && document.hasFocus() && show()
  const hide = () => {
    document.documentElement.classList.add(AWAY)
    clearInterval(timer)
    timer = setInterval(showIfHere, UNCOVER_EVERY_MS)
  }
  const look = () => (document.visibilityState === 'hidden' ? hide() : show())
  look()
  document.addEventListener('visibilitychange', look)
  addEventListener('pagehide', hide)
  addEventListener('pageshow', show)
  TOUCHES.forEach((touch) => addEventListener(touch, show, AS_SOON))
  // An iPhone takes its picture before it calls the page hidden; elsewhere other things take the focus, too.
  if (isApplePhone()) {
    addEventListener('blur', hide)
    addEventListener('focus', show)
  }
  return () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('pagehide', hide)
    removeEventListener('pageshow', show)
    TOUCHES.forEach((touch) => removeEventListener(touch, show, AS_SOON))
    removeEventListener('blur', hide)
    removeEventListener('focus', show)
    show()
  }
}

/** A page that was away for a minute is locked; its timer may have slept, so the times are compared as well. */
function lockWhenAway(): () => void {
  let since: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      since ??= Date.now()
      timer = setTimeout(() => void lockNow(), AWAY_MS)
      return
    }
    const away = since === null ? 0 : Date.now() - since
    since = null
    if (away >= AWAY_MS || away < 0) void lockNow()
  }
  // Back to a page that was kept as it was left.
  const comeBack = (event: PageTransitionEvent) => event.persisted && void lockNow()
  look()
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', comeBack)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
    removeEventListener('pageshow', comeBack)
  }
}

function lockWhenIdle(): () => void {
  const warning = { before: WARN_MS, tell: (isSoon: boolean) => (locksSoon.value = isSoon) }
  return whenIdle({ after: IDLE_MS, lookEvery: LOOK_EVERY_MS, act: () => void lockNow(), warning })
}

/** With a lock on: empty while nobody looks, and locked when nobody has been here for a while. */
export function watchLock(): void {
  effect(() => (hasLock.value ? coverWhileAway() : undefined))
  effect(() => {
    if (lockState.value !== 'open') return
    const stops = [lockWhenAway(), lockWhenIdle()]
    return () => stops.forEach((stop) => stop())
  })
}
