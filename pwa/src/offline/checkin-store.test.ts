import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Store = typeof import('./checkin-store.ts')

let phone: Phone
let store: Store

async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  store = await import('./checkin-store.ts')
  await phone.open()
}

const said = { mood: 4, urge: null, line: 'Mine ord', goal_id: null, isOffered: false }

/** Everything that waits on this phone, as text. */
const waiting = () => JSON.stringify(phone.queue.value)

beforeEach(async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  await start()
})

afterEach(async () => {
  await phone.refresh()
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

describe('a check-in without a network and without a pairing', () => {
  it('is there at once and after the app was closed, for nobody else', async () => {
    const id = await store.putCheckIn(said)
    await start()

    expect(store.entries.value).toMatchObject([{ id, mood: 4, urge: null, line: 'Mine ord', sharing: 'private' }])
    expect(store.isSeen(store.entries.value[0]!)).toBe(false)
  })

  it('leaves no word on the phone when it is deleted for good', async () => {
    const id = await store.putCheckIn(said)

    await store.eraseCheckIn(id!)
    await start()

    expect(store.entries.value).toEqual([])
    expect(waiting()).not.toContain('Mine ord')
  })

  it('names the last no that the phone knew, and asks for one to be shared by itself where there is no yes', async () => {
    await store.putCheckIn({ ...said, isOffered: true })

    expect(phone.queue.value[0]?.fields).toMatchObject({ sharing: 'shared', seen_no: 0 })
  })
})

describe('the days', () => {
  it('keep one word for each day and thing, however often and in which letters it was said', async () => {
    await store.sayDay({ on: '2026-11-20', what: 'øl', used: true, isOffered: true })
    await store.sayDay({ on: '2026-11-20', what: 'Øl', used: false, isOffered: false })
    await store.sayDay({ on: '2026-11-20', what: null, used: true, isOffered: false })

    expect(store.dayOf('2026-11-20', 'ØL')?.used).toBe(false)
    expect(store.dayOf('2026-11-20', null)?.used).toBe(true)
    expect(new Set(phone.queue.value.map((each) => each.entity_id)).size).toBe(2)
    expect(phone.queue.value.map((each) => each.fields['sharing'])).toEqual(['private', 'private', 'private'])
  })

  it('forget a thing with the last of its days', async () => {
    await store.sayDay({ on: '2026-11-20', what: 'øl', used: true, isOffered: false })
    await store.sayDay({ on: '2026-11-21', what: 'øl', used: false, isOffered: false })

    await store.forgetThing('øl')

    expect(store.things.value).toEqual([])
    expect(store.dayOf('2026-11-20', 'øl')?.used).toBeNull()
  })
})
