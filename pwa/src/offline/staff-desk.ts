/**
 * What the crisis line's desk keeps in this browser until the server has it: sealed, under a key that no script can
 * read out, and gone when its owner signs out.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { newKey, seal, unseal, type Sealed } from './seal.ts'

interface Schema extends DBSchema {
  rows: { key: string; value: Sealed }
  keys: { key: string; value: CryptoKey }
}

const NAME = 'overblik-desk'
const VERSION = 1
const KEY = 'desk'

const place = (name: string) => `desk/${name}`

async function keyOf(database: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const known = await database.get('keys', KEY)
  if (known) return known
  const made = await newKey()
  const transaction = database.transaction('keys', 'readwrite')
  // Two tabs may start at once: the first key written stays.
  const first = await transaction.store.get(KEY)
  if (!first) await transaction.store.put(made, KEY)
  await transaction.done
  return first ?? made
}

async function within<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade(fresh) {
      fresh.createObjectStore('rows')
      fresh.createObjectStore('keys')
    },
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  })
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

/** Keeps a value under its name. Rejects where the browser stores nothing. */
export function keep(name: string, value: unknown): Promise<void> {
  return within(async (database) => {
    const sealed = await seal(await keyOf(database), place(name), value)
    await database.put('rows', sealed, name)
  })
}

export function letGo(name: string): Promise<void> {
  return within((database) => database.delete('rows', name))
}

/** Everything kept under names that begin so; what cannot be opened any more is not among it. */
export function listKept<T>(prefix: string): Promise<T[]> {
  return within(async (database) => {
    const names = (await database.getAllKeys('rows')).filter((name) => name.startsWith(prefix))
    if (names.length === 0) return []
    const key = await keyOf(database)
    const opened = await Promise.all(names.map(async (name) => unseal(key, place(name), (await database.get('rows', name)) as Sealed)))
    return opened.filter((value) => value !== undefined) as T[]
  })
}

/** Nothing is left, and the key is gone with it. */
export function eraseKept(): Promise<void> {
  return within(async (database) => {
    const transaction = database.transaction(['rows', 'keys'], 'readwrite')
    await Promise.all([transaction.objectStore('rows').clear(), transaction.objectStore('keys').clear(), transaction.done])
  })
}
