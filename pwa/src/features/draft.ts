import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { choices, choose } from '../offline/phone.ts'

const PAUSE_MS = 400

export interface Draft<T> {
  value: T
  set: (value: T) => void
  /** It was kept elsewhere, or is not wanted any more. */
  drop: () => void
}

/** What was typed and not saved: kept on the phone, so that a call or an empty battery takes nothing. */
export function useDraft<T>(name: string, initial: () => T): Draft<T> {
  const key = `draft:${name}`
  const [value, setValue] = useState<T>(() => (choices.value[key] as T | undefined) ?? initial())
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; value: T } | null>(null)
  const keepNow = () => {
    if (!waiting.current) return
    clearTimeout(waiting.current.timer)
    void choose(key, waiting.current.value)
    waiting.current = null
  }
  useLayoutEffect(() => {
    addEventListener('pagehide', keepNow)
    addEventListener('leaving', keepNow)
    return () => {
      removeEventListener('pagehide', keepNow)
      removeEventListener('leaving', keepNow)
      keepNow()
    }
  }, [])
  const set = (next: T) => {
    setValue(next)
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = { value: next, timer: setTimeout(keepNow, PAUSE_MS) }
  }
  const drop = () => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
    setValue(initial())
    if (choices.value[key] !== undefined) void choose(key, undefined)
  }
  return { value, set, drop }
}
