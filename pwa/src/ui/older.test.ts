import { describe, expect, it } from 'vitest'
import { runHook, settled } from '../../tests/hooks'
import { useOlder } from './older'

interface Page {
  items: string[]
  next_cursor: string | null
}

const OLDER: Record<string, Page> = { a: { items: ['c', 'd'], next_cursor: 'b' }, b: { items: ['e'], next_cursor: null } }

function open(newest: { page: Page }) {
  return runHook(() =>
    useOlder(
      newest.page,
      async (cursor) => OLDER[cursor] as Page,
      (page) => page.items,
    ),
  )
}

describe('older pages', () => {
  it('come one after another until there are no more', async () => {
    const older = open({ page: { items: ['a', 'b'], next_cursor: 'a' } })
    expect(older.current).toMatchObject({ items: [], next: 'a' })

    await older.current.more()
    await settled()
    expect(older.current).toMatchObject({ items: ['c', 'd'], next: 'b' })
    await older.current.more()
    await settled()

    expect(older.current).toMatchObject({ items: ['c', 'd', 'e'], next: null })
  })

  it('are gone when the newest page is fetched anew: their words may have been taken back', async () => {
    const newest = { page: { items: ['a'], next_cursor: 'a' } as Page }
    const older = open(newest)
    await older.current.more()
    await settled()
    expect(older.current.items).toEqual(['c', 'd'])

    newest.page = { items: ['a'], next_cursor: 'a' }
    older.again()
    await settled()

    expect(older.current).toMatchObject({ items: [], next: 'a' })
  })

  it('are not shown when they arrive after the newest page was fetched anew', async () => {
    const newest = { page: { items: ['a'], next_cursor: 'a' } as Page }
    const older = open(newest)
    const fetching = older.current.more()
    newest.page = { items: ['a'], next_cursor: 'a' }
    older.again()
    await fetching
    await settled()

    expect(older.current.items).toEqual([])
  })
})
