import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listMutations } from './mutations.ts'
import { listOutcomes } from './replies.ts'
import { newKey, seal } from './seal.ts'
import { upgrade } from './upgrade.ts'
import { DATABASE_NAME, deleteVault, openVault, StorageRefused, type Vault } from './vault.ts'

const reply = (id: string, status: string) => ({ id, appointment_id: id, revision: 2, reply: 'declined', status })

/** What the first released version has left on a phone. */
async function storeOldFormat(): Promise<void> {
  const database = await openDB(DATABASE_NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('rows', { keyPath: ['table', 'key'] }).createIndex('table', 'table')
      fresh.createObjectStore('keys')
    },
  })
  const key = await newKey()
  await database.put('keys', key, 'local')
  const rows = [
    ['reply', 'a1', reply('a1', 'waiting')],
    ['reply', 'a2', reply('a2', 'changed')],
    ['record', 'goal:g', { id: 'g', title: 'Sove' }],
    ['state', 'paired', { citizen_id: 'c' }],
  ] as const
  for (const [table, name, value] of rows) {
    await database.put('rows', { table, key: name, sealed: await seal(key, `${table}/${name}`, value) })
  }
  database.close()
}

let vault: Vault

afterEach(async () => {
  vault.close()
  await deleteVault()
})

describe('upgrade', () => {
  it('carries answers that wait over into the queue, and leaves the rest as it was', async () => {
    await storeOldFormat()
    vault = await openVault()

    await upgrade(vault)

    expect((await listMutations(vault)).map((row) => row.value)).toMatchObject([
      { entity: 'appointment', entity_id: 'a1', op: 'reply', fields: { revision: 2, reply: 'declined' }, status: 'waiting' },
    ])
    expect(await listOutcomes(vault)).toMatchObject([{ appointment_id: 'a2', status: 'changed' }])
    expect(await vault.get('record', 'goal:g')).toEqual({ id: 'g', title: 'Sove' })
    expect(await vault.get('state', 'paired')).toEqual({ citizen_id: 'c' })
  })

  it('does nothing twice', async () => {
    await storeOldFormat()
    vault = await openVault()

    await upgrade(vault)
    await upgrade(vault)

    expect(await listMutations(vault)).toHaveLength(1)
  })

  it('keeps the old data as it was when the phone would not store the new, and finds it at the next start', async () => {
    await storeOldFormat()
    vault = await openVault()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })

    await expect(upgrade(vault)).rejects.toBeInstanceOf(StorageRefused)

    put.mockRestore()
    expect(await listMutations(vault)).toEqual([])
    expect((await listOutcomes(vault)).map((each) => each.status)).toEqual(['waiting', 'changed'])
    await upgrade(vault)
    expect(await listMutations(vault)).toHaveLength(1)
  })
})
