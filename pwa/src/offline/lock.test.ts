import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeLock, giveUp, nextTry, TRIES_AT_MOST, tryPin, turnOn, waitAfter, type LockChange, type Try } from './lock.ts'
import { Locked, type LockableVault, type LockRecord } from './lockable.ts'
import { unseal, type Sealed } from './seal.ts'
import { DATABASE_NAME, deleteVault, openVault, StorageRefused, type Change, type Table } from './vault.ts'

// 600,000 rounds take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const PIN = '482915'
const OTHER = '730618'
const LINE = { table: 'record', key: 'plan_line:1', value: { text: 'Ring til Freja' } } as const
const PLAN = { table: 'record', key: 'plan:1', value: { review_on: '2026-12-01' } } as const
const UNSENT = { table: 'mutation', key: '000000000001', value: { entity: 'plan_line', fields: { text: 'Gå en tur' } } } as const
const PRIVATE: Change[] = [
  { table: 'record', key: 'goal:1', value: { title: 'Sove om natten' } },
  { table: 'record', key: 'rejected_edit:1', value: { content: 'Ring til Freja' } },
  { table: 'mutation', key: '000000000002', value: { entity: 'goal', fields: { title: 'Spise morgenmad' } } },
  { table: 'reply', key: 'a1', value: { reply: 'declined' } },
  { table: 'state', key: 'draft:add:own-actions', value: { text: 'Tænke på søen' } },
]
const OPEN: Change[] = [
  { table: 'state', key: 'paired', value: { citizen_id: 'c1' } },
  { table: 'acknowledgement', key: 'd1', value: { secret: 's' } },
  { table: 'shown', key: 't1', value: { title: 'Du har en påmindelse' } },
]
const ALL = [LINE, PLAN, UNSENT, ...PRIVATE, ...OPEN]

let vault: LockableVault

async function raw<T>(store: 'rows' | 'keys', key?: string): Promise<T[]> {
  const database = await openDB(DATABASE_NAME)
  const found: unknown[] = key ? [await database.get(store, key)] : await database.getAll(store)
  database.close()
  return found as T[]
}

/** What somebody reads who has the database and the open key, and no code. */
async function readableWithTheOpenKey(): Promise<unknown[]> {
  const [key] = await raw<CryptoKey>('keys', 'local')
  const rows = await raw<{ table: Table; key: string; sealed: Sealed }>('rows')
  const values = await Promise.all(rows.map((row) => unseal(key as CryptoKey, `${row.table}/${row.key}`, row.sealed)))
  return values.filter((value) => value !== undefined)
}

async function readable(from: LockableVault = vault): Promise<unknown[]> {
  const tables: Table[] = ['record', 'state', 'mutation', 'reply', 'acknowledgement', 'shown']
  return (await Promise.all(tables.map((table) => from.list(table)))).flat().map((row) => row.value)
}

const valuesOf = (rows: readonly Change[]) => rows.map((row) => row.value)
const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()

async function again(): Promise<void> {
  vault.close()
  vault = await openVault()
}

const lose = () => giveUp(vault).then(() => undefined)

async function typed(pin: string, now?: number): Promise<Try> {
  return tryPin(vault, pin, lose, now)
}

async function unlock(pin = PIN): Promise<void> {
  const tried = await typed(pin)
  if (tried.outcome === 'right') vault.unlock(tried.opened.dataKey, tried.lock)
}

async function change(to: LockChange, pin = PIN): Promise<void> {
  const tried = await typed(pin)
  if (tried.outcome === 'right') await changeLock(vault, tried, to)
}

/** Every write of one kind is refused once so many have gone through. */
function refuseAfter(writes: number) {
  const put = IDBObjectStore.prototype.put
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...asked) {
    writes -= 1
    if (writes < 0) throw new DOMException('full', 'QuotaExceededError')
    return put.apply(this, asked)
  })
}

beforeEach(async () => {
  vault = await openVault()
  await vault.write(ALL)
})

afterEach(async () => {
  vi.restoreAllMocks()
  vault.close()
  await deleteVault()
})

describe('turning the lock on', () => {
  it('leaves nothing private readable without the code', async () => {
    await turnOn(vault, PIN, false)
    await again()

    expect(sorted(await readableWithTheOpenKey())).toEqual(sorted(valuesOf(OPEN)))
    expect(sorted(await readable())).toEqual(sorted(valuesOf(OPEN)))
    expect([vault.isLocked(), vault.damaged()]).toEqual([true, 0])
  })

  it('leaves the plan and its unsent words in the open where the person wants it so, and nothing else', async () => {
    await turnOn(vault, PIN, true)
    await again()

    const expected = sorted(valuesOf([LINE, PLAN, UNSENT, ...OPEN]))
    expect(sorted(await readableWithTheOpenKey())).toEqual(expected)
    expect(sorted(await readable())).toEqual(expected)
  })

  it('gives everything back after the right code', async () => {
    await turnOn(vault, PIN, false)
    await again()

    await unlock()

    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
    expect(vault.isLocked()).toBe(false)
  })

  it('keeps neither the code nor a key that opens without it', async () => {
    await turnOn(vault, PIN, false)

    const [lock] = (await raw<LockRecord>('keys', 'lock')) as [LockRecord]

    expect(lock.wrapped?.rounds).toBe(600_000)
    expect(lock.wrapped?.salt).toHaveLength(16)
    expect(Object.values(lock).some((value) => value instanceof CryptoKey)).toBe(false)
    expect(JSON.stringify(lock)).not.toContain(PIN)
  })

  it.each([0, 1, 3, 8])('changes nothing when the phone refuses after %i writes', async (writes) => {
    const refusing = refuseAfter(writes)

    await expect(turnOn(vault, PIN, false)).rejects.toBeInstanceOf(StorageRefused)

    refusing.mockRestore()
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
    await again()
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
    expect([vault.isLocked(), vault.lock.wrapped]).toEqual([false, null])
  })

  it('seals what the service worker writes meanwhile, too', async () => {
    const worker = await openVault()

    const [, late] = await Promise.all([
      turnOn(vault, PIN, false),
      worker.write([{ table: 'acknowledgement', key: 'd2', value: 1 }]),
    ])

    expect(late).toBeUndefined()
    expect(await vault.list('acknowledgement')).toHaveLength(2)
    worker.close()
  })

  it('goes on with what this page was writing', async () => {
    const on = turnOn(vault, PIN, false)
    const writing = vault.write([{ table: 'record', key: 'goal:9', value: 'Gå til frisør' }])
    await Promise.all([on, writing])

    await vault.write([{ table: 'record', key: 'goal:10', value: 'Ringe hjem' }])

    expect(await readableWithTheOpenKey()).toHaveLength(OPEN.length)
    expect(await vault.get('record', 'goal:9')).toBe('Gå til frisør')
    expect(await vault.get('record', 'goal:10')).toBe('Ringe hjem')
  })
})

describe('while it is locked', () => {
  beforeEach(async () => {
    await turnOn(vault, PIN, true)
    await again()
  })

  it('nothing can be written but what the service worker keeps', async () => {
    await vault.write([{ table: 'acknowledgement', key: 'd2', value: 1 }])

    await expect(vault.write([LINE])).rejects.toBeInstanceOf(Locked)
    await expect(vault.write([], ['record'])).rejects.toBeInstanceOf(Locked)
    expect(await vault.list('acknowledgement')).toHaveLength(2)
    expect(await vault.get('record', 'plan_line:1')).toEqual(LINE.value)
  })
})

describe('another page', () => {
  let other: LockableVault

  beforeEach(async () => {
    other = await openVault()
  })

  afterEach(() => other.close())

  it('that knows of no lock writes nothing under the old key', async () => {
    await turnOn(vault, PIN, false)

    await expect(other.write([{ table: 'record', key: 'goal:2', value: 'skrevet for sent' }])).rejects.toBeInstanceOf(Locked)
    await expect(other.amend(async () => ({ changes: [LINE], result: 1 }))).rejects.toBeInstanceOf(Locked)

    expect(await vault.get('record', 'goal:2')).toBeUndefined()
  })

  it('that is unlocked writes nothing after the answer about the plan was changed', async () => {
    await turnOn(vault, PIN, true)
    other.close()
    other = await openVault()
    const tried = await tryPin(other, PIN, lose)
    if (tried.outcome === 'right') other.unlock(tried.opened.dataKey, tried.lock)
    await other.write([LINE])

    await change({ planOpen: false })

    await expect(other.write([LINE])).rejects.toBeInstanceOf(Locked)
    expect(await readableWithTheOpenKey()).toHaveLength(OPEN.length)
  })

  it('writes nothing after the lock was taken away', async () => {
    await turnOn(vault, PIN, false)
    other.close()
    other = await openVault()

    await change('off')

    await expect(other.write([LINE])).rejects.toBeInstanceOf(Locked)
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })
})

describe('changing the lock', () => {
  it('moves the plan behind it and out again, with its unsent words', async () => {
    await turnOn(vault, PIN, false)

    await change({ planOpen: true })
    expect(await readableWithTheOpenKey()).toHaveLength(OPEN.length + 3)
    await change({ planOpen: false })
    expect(await readableWithTheOpenKey()).toHaveLength(OPEN.length)

    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })

  it('to a new code makes the old one wrong, and nothing is lost', async () => {
    await turnOn(vault, PIN, false)

    await change({ pin: OTHER })
    await again()

    expect((await typed(PIN)).outcome).toBe('wrong')
    await unlock(OTHER)
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })

  it('to none puts everything where it was before', async () => {
    await turnOn(vault, PIN, false)

    await change('off')
    await again()

    expect(vault.isLocked()).toBe(false)
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })

  it.each<LockChange>([{ pin: OTHER }, { planOpen: true }, 'off'])('leaves all as it was when the phone refuses: %j', async (to) => {
    await turnOn(vault, PIN, false)
    const tried = await typed(PIN)
    const refusing = refuseAfter(1)

    await expect(changeLock(vault, tried as Try & { outcome: 'right' }, to)).rejects.toBeInstanceOf(StorageRefused)

    refusing.mockRestore()
    await again()
    await unlock(PIN)
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })
})

describe('a wrong code', () => {
  beforeEach(async () => {
    await turnOn(vault, PIN, true)
    await again()
  })

  it('is counted before it is tried, so that ending the app gains nothing', async () => {
    vi.spyOn(crypto.subtle, 'unwrapKey').mockRejectedValue(new Error('ended in the middle'))
    const derive = vi.spyOn(crypto.subtle, 'deriveKey').mockRejectedValueOnce(new Error('ended in the middle'))

    await expect(typed(PIN)).rejects.toThrow('ended in the middle')

    expect(derive).toHaveBeenCalled()
    expect((await vault.readLock()).tries).toBe(1)
  })

  it('makes the next one wait longer and longer from the fifth on', async () => {
    const waits = Array.from({ length: TRIES_AT_MOST }, (_, tries) => waitAfter(tries) / 1_000)

    expect(waits).toEqual([0, 0, 0, 0, 0, 30, 60, 300, 900, 1800])
  })

  it('is not tried while somebody has to wait, not even the right one', async () => {
    let tried: Try | null = null
    for (let count = 0; count < 5; count += 1) tried = await typed('999999', 1_000)

    expect(tried).toMatchObject({ outcome: 'wrong', until: 31_000, left: 5 })
    expect(await typed(PIN, 30_999)).toEqual({ outcome: 'wait', until: 31_000 })
    expect((await vault.readLock()).tries).toBe(5)
    expect((await typed(PIN, 31_000)).outcome).toBe('right')
    expect(await vault.readLock()).toMatchObject({ tries: 0, wait_until: 0 })
  })

  it('makes nobody wait longer because the clock was set back', async () => {
    for (let count = 0; count < 5; count += 1) await typed('999999', 1_000_000_000)

    expect(await nextTry(vault, 5_000)).toEqual({ until: 35_000, left: 5 })
    expect((await typed(PIN, 35_000)).outcome).toBe('right')
  })

  it('takes everything behind the lock away at the tenth time, and leaves the plan that opens without a code', async () => {
    let tried: Try | null = null
    for (let count = 0, now = 0; count < TRIES_AT_MOST; count += 1, now += 3_600_000) tried = await typed('999999', now)

    expect(tried).toEqual({ outcome: 'gone' })
    const lock = (await raw<LockRecord>('keys', 'lock'))[0] as LockRecord
    expect([lock.wrapped, lock.given_up]).toEqual([null, true])
    expect((await raw<{ private?: true }>('rows')).filter((row) => row.private)).toEqual([])
    await again()
    const client = await vault.get('state', 'client')
    expect(client).toMatchObject({ next_seq: 1, next_place: 2 })
    expect(sorted(await readable())).toEqual(sorted([...valuesOf([LINE, PLAN, UNSENT, ...OPEN]), true, client]))
    expect(await vault.get('state', 'unproved')).toBe(true)
    expect(await vault.get('state', 'was_paired')).toEqual({ citizen_id: 'c1' })
    expect(await vault.get('state', 'paired')).toBeUndefined()
  })

  it('takes it away, too, where the app was ended after the tenth was counted', async () => {
    await vault.amendLock((lock) => ({ lock: { ...lock, tries: TRIES_AT_MOST }, result: undefined }))

    expect(await typed(PIN)).toEqual({ outcome: 'gone' })

    expect((await vault.readLock()).wrapped).toBeNull()
  })

  it('leaves the old state whole when the phone refuses to take it away', async () => {
    await vault.amendLock((lock) => ({ lock: { ...lock, tries: TRIES_AT_MOST - 1 }, result: undefined }))
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError')
    })

    await expect(typed('999999')).rejects.toBeInstanceOf(StorageRefused)

    vi.restoreAllMocks()
    expect((await raw<{ private?: true }>('rows')).filter((row) => row.private)).toHaveLength(PRIVATE.length)
    expect(await typed('999999')).toEqual({ outcome: 'gone' })
    expect((await raw<{ private?: true }>('rows')).filter((row) => row.private)).toEqual([])
  })
})

describe('a database from before there was a lock', () => {
  it('opens as ever', async () => {
    const [lock] = await raw('keys', 'lock')
    await again()

    expect(lock).toBeUndefined()
    expect(sorted(await readable())).toEqual(sorted(valuesOf(ALL)))
  })
})
