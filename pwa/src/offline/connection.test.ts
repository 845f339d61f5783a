import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DATABASE_NAME, DATABASE_VERSION, deleteVault } from './connection.ts'
import { turnOn } from './lock.ts'
import { Locked, type LockableVault } from './lockable.ts'
import { newKey, seal } from './seal.ts'
import { openVault } from './vault.ts'

// 600,000 rounds take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const LINE = { table: 'record', key: 'plan_line:1', value: 'Ring til Freja' } as const

/** What a page with an older build holds open. */
async function openAsBefore(onTaken = () => undefined) {
  return openDB(DATABASE_NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('rows', { keyPath: ['table', 'key'] }).createIndex('table', 'table')
      fresh.createObjectStore('keys')
    },
    blocking(_current, _wanted, event) {
      ;(event.target as IDBDatabase).close()
      onTaken()
    },
  })
}

let vault: LockableVault | null = null
let seen: IDBDatabase | null = null

/** The browser drops the connection that was used last. */
async function drop(how: 'told' | 'silently'): Promise<void> {
  await vault?.list('record')
  if (how === 'told') forceCloseDatabase(seen as never)
  else seen?.close()
  await new Promise((resolve) => setTimeout(resolve))
}

beforeEach(() => {
  const begin = IDBDatabase.prototype.transaction
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
    seen = this
    return begin.apply(this, asked)
  })
})

afterEach(async () => {
  vi.restoreAllMocks()
  vault?.close()
  vault = null
  await deleteVault()
})

describe('a database that an older version of the app has made', () => {
  it('is taken over with every row, and the old page is closed and stays out', async () => {
    const taken = vi.fn()
    const old = await openAsBefore(taken)
    const key = await newKey()
    await old.put('keys', key, 'local')
    await old.put('rows', { table: 'record', key: LINE.key, sealed: await seal(key, `record/${LINE.key}`, LINE.value) })

    vault = await openVault()
    await turnOn(vault, '482915', false)

    expect(taken).toHaveBeenCalledOnce()
    expect(await vault.list('record')).toEqual([{ key: LINE.key, value: LINE.value }])
    expect(() => old.transaction('rows', 'readwrite')).toThrow()
    await expect(openAsBefore()).rejects.toMatchObject({ name: 'VersionError' })
    expect(await vault.get('record', LINE.key)).toBe(LINE.value)
  })

  it('is left to a newer version as soon as there is one', async () => {
    const taken = vi.fn()
    vault = await openVault(taken)

    const newer = await openDB(DATABASE_NAME, DATABASE_VERSION + 1)

    expect(taken).toHaveBeenCalledWith('newer')
    await expect(vault.list('record')).rejects.toMatchObject({ name: 'InvalidStateError' })
    newer.close()
  })
})

describe.each(['told', 'silently'] as const)('a connection that the browser has dropped (%s)', (how) => {
  it('is opened again for what is read and written next', async () => {
    vault = await openVault()
    await vault.write([LINE])

    await drop(how)
    expect(await vault.list('record')).toEqual([{ key: LINE.key, value: LINE.value }])
    await drop(how)
    await vault.write([{ table: 'record', key: 'goal:1', value: 1 }])
    await drop(how)
    await vault.amend(async () => ({ changes: [{ table: 'record', key: 'goal:2', value: 2 }], result: null }))
    await drop(how)
    await vault.amendLock((lock) => ({ lock: { ...lock, tries: 3 }, result: null }))

    expect((await vault.list('record')).map((row) => row.key)).toEqual(['goal:1', 'goal:2', LINE.key])
    expect((await vault.readLock()).tries).toBe(3)
  })

  it('writes nothing into the database of somebody who has forgotten the phone meanwhile', async () => {
    const taken = vi.fn()
    vault = await openVault(taken)
    await vault.write([LINE])
    await drop(how)
    await deleteVault()

    await expect(vault.write([LINE])).rejects.toMatchObject({ name: 'InvalidStateError' })

    expect(taken).toHaveBeenCalledWith('forgotten')
    expect(await indexedDB.databases()).toEqual([])
  })

  it('reads nothing where the lock was changed meanwhile', async () => {
    vault = await openVault()
    await drop(how)
    const other = await openVault()
    await turnOn(other, '482915', false)

    await expect(vault.list('record')).rejects.toBeInstanceOf(Locked)
    other.close()
  })
})

it('does not open again what was closed on purpose', async () => {
  vault = await openVault()
  vault.close()

  await expect(vault.list('record')).rejects.toMatchObject({ name: 'InvalidStateError' })
})
