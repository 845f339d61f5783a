import { effect } from '@preact/signals'
import { lockNow, lockState } from '../../offline/held.ts'
import { isApplePhone } from '../../push/reminders.ts'
import { whenIdle } from './idle.ts'

const AWAY_MS = 60_000
const IDLE_MS = 3 * 60_000
const LOOK_EVERY_MS = 5_000

/** With this on the page nothing of it can be seen or read aloud: _frame.scss. */
const AWAY = 'is-away'

function cover(on: boolean): void {
  document.documentElement.classList.toggle(AWAY, on)
}

/** While nobody looks, the page is empty: the phone takes a picture of it for its list of open apps. */
function coverWhileAway(): () => void {
  const look = () => cover(document.visibilityState === 'hidden')
  const hide = () => cover(true)
  const show = () => cover(false)
  document.addEventListener('visibilitychange', look)
  addEventListener('pagehide', hide)
  addEventListener('pageshow', show)
  // An iPhone takes its picture before it calls the page hidden; elsewhere other things take the focus, too.
  if (isApplePhone()) {
    addEventListener('blur', hide)
    addEventListener('focus', show)
  }
  return () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('pagehide', hide)
    removeEventListener('pageshow', show)
    removeEventListener('blur', hide)
    removeEventListener('focus', show)
    cover(false)
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
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', comeBack)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
    removeEventListener('pageshow', comeBack)
  }
}

/** With a lock on: empty while nobody looks, and locked when nobody has been here for a while. */
export function watchLock(): void {
  effect(() => (lockState.value === 'none' ? undefined : coverWhileAway()))
  effect(() => {
    if (lockState.value !== 'open') return
    const stops = [lockWhenAway(), whenIdle(IDLE_MS, LOOK_EVERY_MS, () => void lockNow())]
    return () => stops.forEach((stop) => stop())
  })
}
