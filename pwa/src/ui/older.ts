import { useState } from 'preact/hooks'

interface Pages<P, T> {
  of: P
  items: T[]
  next: string | null
}

export interface Older<T> {
  items: T[]
  /** Null: there is nothing older. */
  next: string | null
  /** Fetches the next page. */
  more: () => Promise<void>
}

/**
 * The older pages behind the newest one, as far as somebody has asked for them.
 *
 * They belong to the answer they were fetched after: once that is fetched anew they are gone too,
 * for something in them may have been taken back or erased.
 */
export function useOlder<P extends { next_cursor: string | null }, T>(
  page: P,
  findPage: (cursor: string) => Promise<P>,
  itemsOf: (page: P) => T[],
): Older<T> {
  const [fetched, setFetched] = useState<Pages<P, T> | null>(null)
  const { items, next } = fetched?.of === page ? fetched : { items: [], next: page.next_cursor }
  const more = async () => {
    if (next === null) return
    const found = await findPage(next)
    setFetched({ of: page, items: [...items, ...itemsOf(found)], next: found.next_cursor })
  }
  return { items, next, more }
}
