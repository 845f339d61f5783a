import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MemoryVault } from '../offline/memory-vault.ts'
import { StorageRefused, type Vault } from '../offline/vault.ts'
import type { PushMessage, ShownNotice } from './message.ts'
import { flushWaiting, receive } from './reminders.ts'

const DELIVERY = '01938d00-0000-7000-8000-000000000002'
const notice = (revision: number, title = 'Du har en påmindelse'): ShownNotice => ({
  title,
  body: '',
  lang: 'da',
  path: '/r/1',
  tag: 'occurrence-1',
  revision,
  silent: false,
})
const message = (revision: number, title?: string): PushMessage => ({
  notice: notice(revision, title),
  acknowledgement: { delivery_id: DELIVERY, secret: 'geheim' },
})

class StayingVault extends MemoryVault {
  override close(): void {
    // The test goes on with the same rows, as a database would.
  }
}

let shown: ShownNotice[]
let vault: Vault
const show = async (each: ShownNotice) => void shown.push(each)
const open = async () => vault
const answer = (status: number) => new Response(null, { status })

beforeEach(() => {
  shown = []
  vault = new StayingVault()
})

afterEach(() => vi.unstubAllGlobals())

describe('receive', () => {
  it('shows every push exactly once, under the tag of its reminder', async () => {
    await receive(message(1), show, open)
    await receive(message(1), show, open)

    expect(shown).toHaveLength(2)
    expect(new Set(shown.map((each) => each.tag))).toEqual(new Set(['occurrence-1']))
  })

  it('shows the newest words when an older revision comes late', async () => {
    await receive(message(2, 'Ny tid'), show, open)
    await receive(message(1, 'Gammel tid'), show, open)

    expect(shown.map((each) => each.title)).toEqual(['Ny tid', 'Ny tid'])
  })

  it('shows the notice where nothing can be stored, and acknowledges at once', async () => {
    const fetch = vi.fn(async () => answer(204))
    vi.stubGlobal('fetch', fetch)

    await receive(message(1), show, async () => null)

    expect(shown).toHaveLength(1)
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('shows the notice when the storage is full', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => answer(204)))
    vault.write = () => Promise.reject(new StorageRefused('full'))

    await receive(message(1), show, open)

    expect(shown).toHaveLength(1)
  })

  it('acknowledges nothing that could not be shown', async () => {
    const refused = () => Promise.reject(new TypeError('No notification permission'))

    await expect(receive(message(1), refused, open)).rejects.toThrow()

    expect(await vault.list('acknowledgement')).toEqual([])
  })
})

describe('flushWaiting', () => {
  it('tells the server once, with the secret of the delivery', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => answer(204))
    vi.stubGlobal('fetch', fetch)
    await receive(message(1), show, open)

    await flushWaiting(open)
    await flushWaiting(open)

    expect(fetch).toHaveBeenCalledOnce()
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/public/acknowledgements')
    expect(fetch.mock.calls[0]?.[1].body).toBe(JSON.stringify({ delivery_id: DELIVERY, secret: 'geheim' }))
  })

  it('keeps the acknowledgement without a network, and sends it later', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('offline'))))
    await receive(message(1), show, open)
    await expect(flushWaiting(open)).rejects.toThrow()

    vi.stubGlobal('fetch', vi.fn(async () => answer(204)))
    await flushWaiting(open)

    expect(await vault.list('acknowledgement')).toEqual([])
  })

  it('gives up on one that the server calls malformed', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => answer(422)))
    await receive(message(1), show, open)

    await flushWaiting(open)

    expect(await vault.list('acknowledgement')).toEqual([])
  })
})
