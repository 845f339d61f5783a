import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { TRIES_AT_MOST, whenToTry } from '../../offline/locking.ts'
import { lockText } from '../../text/lock.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** "Du kan prøve igen om 2 minutter." */
export function sayWait(milliseconds: number): string {
  const words = lockText.value.tries
  const time =
    milliseconds > MINUTE_MS ? words.minutes(Math.ceil(milliseconds / MINUTE_MS)) : words.seconds(Math.ceil(milliseconds / SECOND_MS))
  return words.wait(time)
}

/** How long somebody still has to wait, in milliseconds; 0 when a code can be tried. */
export function useWait() {
  const until = useSignal(0)
  const left = useSignal(TRIES_AT_MOST)
  const now = useSignal(Date.now())
  const rest = useComputed(() => Math.max(0, until.value - now.value))
  useEffect(() => {
    void whenToTry().then((told) => {
      now.value = Date.now()
      until.value = told.until
      left.value = told.left
    })
    const timer = setInterval(() => (now.value = Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  const wait = (time: number) => {
    now.value = Date.now()
    until.value = time
  }
  return { rest, left, wait }
}
