import { useEffect, useState } from 'preact/hooks'

export interface Resource<T> {
  /** The last answer; it stays on the screen while a newer one is fetched. */
  data: T | undefined
  error: unknown
  reload: () => void
}

/** Fetches when a key changes; keeps the old answer while it waits, unless the subject is another. */
export function useResource<T>(subject: string, version: number | string, load: () => Promise<T>): Resource<T> {
  const [answer, setAnswer] = useState<{ subject: string; data?: T; error?: unknown }>({ subject })
  const [again, setAgain] = useState(0)
  useEffect(() => {
    let current = true
    load().then(
      (data) => current && setAnswer({ subject, data }),
      (error: unknown) => current && setAnswer((before) => (before.subject === subject ? { ...before, error } : { subject, error })),
    )
    return () => {
      current = false
    }
  }, [subject, version, again])
  const mine = answer.subject === subject
  return {
    data: mine ? answer.data : undefined,
    error: mine ? answer.error : undefined,
    reload: () => setAgain((count) => count + 1),
  }
}
