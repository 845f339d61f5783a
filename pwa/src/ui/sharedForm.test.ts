import { beforeEach, describe, expect, it } from 'vitest'
import { runHook, settled } from '../../tests/hooks'
import { dropAllDrafts, findDraft, hasDrafts } from './drafts'
import { type Standing, useSharedForm } from './sharedForm'

type Plan = Record<'needs' | 'purpose' | 'effort', string>

const FIRST: Standing<Plan> = { version: 1, values: { needs: 'Ro', purpose: 'At sove', effort: 'Samtaler' } }

/** A server that takes what is sent on the version it has, and refuses the rest. */
class Server {
  stands: Standing<Plan>
  isAway = false
  constructor(standing: Standing<Plan>) {
    this.stands = standing
  }
  put(values: Plan, version: number): void {
    if (version !== this.stands.version) throw new Error('stale')
    this.stands = { version: version + 1, values }
  }
  colleague(change: Partial<Plan>): void {
    this.put({ ...this.stands.values, ...change }, this.stands.version)
  }
}

function open(server: Server) {
  const standing = server.stands
  return runHook(() =>
    useSharedForm<Plan>({
      key: 'plan',
      standing,
      send: async (values, seen) => server.put(values, seen.current.version),
      explain: (error) => ((error as Error).message === 'stale' ? { stale: true } : { message: 'no network' }),
      newest: async () => {
        if (server.isAway) throw new Error('away')
        return server.stands
      },
      changed: () => 'changed',
    }),
  )
}

type Opened = ReturnType<typeof open>

async function type(page: Opened, name: keyof Plan, words: string): Promise<void> {
  page.current.form.set(name, words)
  await settled()
}

async function press(page: Opened): Promise<void> {
  await page.current.form.submit()
  await settled()
}

describe('a form for what others write too', () => {
  let server: Server
  beforeEach(() => {
    dropAllDrafts()
    server = new Server(FIRST)
  })

  it('saves a colleague’s untouched words with the second press, in every field', async () => {
    const page = open(server)
    await type(page, 'needs', 'Mere ro')
    server.colleague({ purpose: 'At sove godt', effort: 'Samtaler hver uge' })

    await press(page)
    expect(page.current.form.trouble).toEqual({ message: 'changed' })
    expect(page.current.theirs).toEqual({})
    await press(page)

    expect(server.stands.values).toEqual({ needs: 'Mere ro', purpose: 'At sove godt', effort: 'Samtaler hver uge' })
    expect(hasDrafts()).toBe(false)
  })

  it('shows what stands now where both have written', async () => {
    const page = open(server)
    await type(page, 'needs', 'Mere ro')
    server.colleague({ needs: 'Ro om natten' })

    await press(page)

    expect(page.current.theirs).toEqual({ needs: 'Ro om natten' })
    expect(page.current.form.values.needs).toBe('Mere ro')
  })

  it('counts as changed only what was typed when a draft is opened again on a newer version', async () => {
    const before = open(server)
    await type(before, 'needs', 'Mere ro')
    before.end()
    server.colleague({ purpose: 'At sove godt' })

    const again = open(server)
    expect(again.current.form.values).toEqual({ needs: 'Mere ro', purpose: 'At sove godt', effort: 'Samtaler' })
    await press(again)

    expect(server.stands.values).toEqual({ needs: 'Mere ro', purpose: 'At sove godt', effort: 'Samtaler' })
  })

  it('shows what stands now when a draft meets the words of another on opening', async () => {
    const before = open(server)
    await type(before, 'needs', 'Mere ro')
    before.end()
    server.colleague({ needs: 'Ro om natten' })

    expect(open(server).current.theirs).toEqual({ needs: 'Ro om natten' })
  })

  it('keeps the merged words as the draft', async () => {
    const page = open(server)
    await type(page, 'needs', 'Mere ro')
    server.colleague({ purpose: 'At sove godt' })

    await press(page)

    expect(findDraft('plan')).toEqual({ needs: 'Mere ro', purpose: 'At sove godt', effort: 'Samtaler' })
  })

  it('is ready for another try when what stands now cannot be fetched', async () => {
    const page = open(server)
    await type(page, 'needs', 'Mere ro')
    server.colleague({ purpose: 'At sove godt' })
    server.isAway = true

    await press(page)
    expect(page.current.form.trouble).toEqual({ message: 'no network' })
    expect(page.current.form.busy).toBe(false)
    server.isAway = false
    await press(page)
    await press(page)

    expect(server.stands.values).toEqual({ needs: 'Mere ro', purpose: 'At sove godt', effort: 'Samtaler' })
  })
})
