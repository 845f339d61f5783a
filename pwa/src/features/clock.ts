import { signal } from '@preact/signals'
import { copenhagenWall, type Wall } from '../ui/copenhagen.ts'

/** Danish date and time; pages that read it change with it. */
export const wallNow = signal<Wall>(copenhagenWall(Date.now()))
export const instantNow = signal(Date.now())

/** Lets "i morgen" become "i dag" while the app stays open. */
export function startClock(): void {
  const tick = () => {
    wallNow.value = copenhagenWall(Date.now())
    instantNow.value = Date.now()
  }
  setInterval(tick, 30_000)
  document.addEventListener('visibilitychange', tick)
}
