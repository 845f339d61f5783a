import { useEffect } from 'preact/hooks'

/** Longer than this nobody looks at the screen, and a cheap phone needs its battery. */
const LONGEST_S = 5 * 60

/** Keeps the screen lit while something runs on it. Where the phone cannot, the time runs all the same. */
export function useWakeLock(isRunning: boolean, seconds: number): void {
  const isWanted = isRunning && seconds <= LONGEST_S
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return
    let held: WakeLockSentinel | null = null
    let isLeft = false
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        (lock) => {
          if (isLeft) void lock.release()
          else held = lock
        },
        () => undefined,
      )
    }
    hold()
    // The phone lets go of it whenever the page is out of sight.
    document.addEventListener('visibilitychange', hold)
    return () => {
      isLeft = true
      document.removeEventListener('visibilitychange', hold)
      void held?.release()
    }
  }, [isWanted])
}
