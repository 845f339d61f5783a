import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newKey, seal, unseal } from './seal.ts'
import { DATABASE_NAME, deleteVault, openVault, StorageRefused, type Vault } from './vault.ts'

let vault: Vault

beforeEach(async () => {
  vault = await openVault()
})

afterEach(async () => {
  vault.close()
  await deleteVault()
})

async function rawRows(): Promise<unknown[]> {
  const database = await openDB(DATABASE_NAME)
  const rows: unknown[] = await database.getAll('rows')
  database.close()
  return rows
}

describe('seal', () => {
  it('opens only in the place it was sealed for', async () => {
    const key = await newKey()

    const sealed = await seal(key, 'record/a', { title: 'hemmelig' })

    expect(await unseal(key, 'record/a', sealed)).toEqual({ title: 'hemmelig' })
    expect(await unseal(key, 'record/b', sealed)).toBeUndefined()
  })

  it('uses a key that no script can read out', async () => {
    const key = await newKey()

    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})

describe('vault', () => {
  it('gives back what was written, after it was opened anew', async () => {
    await vault.write([{ table: 'record', key: 'goal:1', value: { title: 'Sove' } }])
    vault.close()

    vault = await openVault()

    expect(await vault.get('record', 'goal:1')).toEqual({ title: 'Sove' })
  })

  it('keeps no readable word in the database', async () => {
    await vault.write([{ table: 'record', key: 'goal:1', value: { title: 'kanariefugl' } }])

    const [row] = (await rawRows()) as [{ sealed: { bytes: ArrayBuffer } }]

    expect(new TextDecoder().decode(row.sealed.bytes)).not.toContain('kanariefugl')
    expect(JSON.stringify(row)).not.toContain('kanariefugl')
  })

  it('clears a table and writes anew in one transaction', async () => {
    await vault.write([
      { table: 'record', key: 'goal:1', value: 1 },
      { table: 'state', key: 'language', value: 'da' },
    ])

    await vault.write([{ table: 'record', key: 'goal:2', value: 2 }], ['record'])

    expect(await vault.list('record')).toEqual([{ key: 'goal:2', value: 2 }])
    expect(await vault.get('state', 'language')).toBe('da')
  })

  it('writes nothing of a change when one part of it is refused', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })

    const writing = vault.write([
      { table: 'record', key: 'goal:1', value: 1 },
      { table: 'record', key: 'goal:2', value: 2 },
    ])

    await expect(writing).rejects.toBeInstanceOf(StorageRefused)
    put.mockRestore()
    expect(await vault.list('record')).toEqual([])
  })

  it('passes over a damaged row and says that one was lost', async () => {
    await vault.write([{ table: 'record', key: 'goal:1', value: 1 }])
    const database = await openDB(DATABASE_NAME)
    const row = (await database.get('rows', ['record', 'goal:1'])) as { sealed: { bytes: ArrayBuffer } }
    row.sealed.bytes = new ArrayBuffer(32)
    await database.put('rows', row)
    database.close()

    expect(await vault.list('record')).toEqual([])
    expect(vault.damaged()).toBe(1)
  })

  it('lets go when another tab deletes the database', async () => {
    const taken = vi.fn()
    vault.close()
    vault = await openVault(taken)

    await deleteVault()

    expect(taken).toHaveBeenCalledOnce()
    vault = await openVault()
    expect(await vault.list('record')).toEqual([])
  })
})
