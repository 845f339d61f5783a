import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it } from 'vitest'
import { eraseKept, keep, letGo, listKept } from './staff-desk.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('what the desk keeps', () => {
  it('is there again after the page was opened anew', async () => {
    await keep('contact:1', { note: 'bange i nat' })
    await keep('me', { id: 'lea' })

    expect(await listKept('contact:')).toEqual([{ note: 'bange i nat' }])
  })

  it('can be read by nobody who copies the database', async () => {
    await keep('contact:1', { note: 'bange i nat' })

    const database = await openDB('overblik-desk', 1)
    const row = (await database.get('rows', 'contact:1')) as { bytes: ArrayBuffer }
    const key = (await database.get('keys', 'desk')) as CryptoKey

    expect(new TextDecoder().decode(row.bytes)).not.toContain('bange')
    expect(key.extractable).toBe(false)
    database.close()
  })

  it('goes alone when it was sent, and all of it when its owner signs out', async () => {
    await keep('contact:1', 'one')
    await keep('contact:2', 'two')

    await letGo('contact:1')
    expect(await listKept('contact:')).toEqual(['two'])

    await eraseKept()
    expect(await listKept('')).toEqual([])
  })

  it('does not open under another name, nor after the key has gone', async () => {
    await keep('contact:1', 'one')
    const database = await openDB('overblik-desk', 1)
    await database.put('rows', (await database.get('rows', 'contact:1')) as unknown, 'contact:2')
    database.close()
    expect(await listKept('contact:')).toEqual(['one'])
  })
})
