import { useEffect, useRef, useState } from 'preact/hooks'

export interface Resource<T> {
  /** The last answer; it stays on the screen while a newer one is fetched. */
  data: T | undefined
  error: unknown
  /** Fetches anew; ends when the answer is here, or without one when something went wrong. */
  reload: () => Promise<T | undefined>
}

/** Fetches when a key changes; keeps the old answer while it waits, unless the subject is another. */
export function useResource<T>(subject: string, version: number | string, load: () => Promise<T>): Resource<T> {
  const [answer, setAnswer] = useState<{ subject: string; data?: T; error?: unknown }>({ subject })
  const [again, setAgain] = useState(0)
  const waiting = useRef<((data?: T) => void)[]>([])
  useEffect(() => {
    let current = true
    const settle = (next: typeof answer | ((before: typeof answer) => typeof answer), data?: T) => {
      if (!current) return
      setAnswer(next)
      waiting.current.splice(0).forEach((end) => end(data))
    }
    load().then(
      (data) => settle({ subject, data }, data),
      (error: unknown) => settle((before) => (before.subject === subject ? { ...before, error } : { subject, error })),
    )
    return () => {
      current = false
    }
  }, [subject, version, again])
  const mine = answer.subject === subject
  return {
    data: mine ? answer.data : undefined,
    error: mine ? answer.error : undefined,
    reload: () =>
      new Promise((resolve) => {
        waiting.current.push(resolve)
        setAgain((count) => count + 1)
      }),
  }
}
