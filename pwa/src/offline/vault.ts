/** The one owner of IndexedDB. Everything above it sees tables of plain values. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { newKey, seal, unseal, type Sealed } from './seal.ts'

export type Table = 'record' | 'state' | 'mutation' | 'reply' | 'acknowledgement' | 'shown'

export interface Change {
  table: Table
  key: string
  /** Absent: the row goes away. */
  value?: unknown
}

export interface Row<T> {
  key: string
  value: T
}

/** What a decision comes to: rows to write, tables to empty first, and what the caller wants to know. */
export interface Amendment<T> {
  changes: readonly Change[]
  clear?: readonly Table[]
  result: T
}

export interface Vault {
  /** False when nothing outlives the page (a private window, or storage refused). */
  readonly durable: boolean
  get<T>(table: Table, key: string): Promise<T | undefined>
  list<T>(table: Table): Promise<Row<T>[]>
  /** All of it or nothing; `clear` empties whole tables first, in the same transaction. */
  write(changes: readonly Change[], clear?: readonly Table[]): Promise<void>
  /** Reads, decides and writes as one; decides anew when another tab wrote in between. */
  amend<T>(decide: () => Promise<Amendment<T>>): Promise<T>
  /** How many rows could not be opened since the start: they must be fetched again. */
  damaged(): number
  close(): void
}

/** The phone would not store the change; nothing of it was written. */
export class StorageRefused extends Error {
  readonly reason: unknown

  constructor(reason: unknown) {
    super('storage refused')
    this.name = 'StorageRefused'
    this.reason = reason
  }
}

interface StoredRow {
  table: Table
  key: string
  sealed: Sealed
}

interface Schema extends DBSchema {
  rows: { key: [string, string]; value: StoredRow; indexes: { table: string } }
  keys: { key: string; value: CryptoKey | number }
}

export const DATABASE_NAME = 'overblik'
/** How often a decision is made anew before the phone says that it cannot store it. */
export const DECISIONS_AT_MOST = 100
const REVISION = 'revision'

const place = (table: Table, key: string) => `${table}/${key}`

async function loadKey(database: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const known = await database.get('keys', 'local')
  if (known) return known as CryptoKey
  const made = await newKey()
  const transaction = database.transaction('keys', 'readwrite')
  // Page and service worker may both start for the first time: the first key written stays.
  const first = await transaction.store.get('local')
  if (!first) await transaction.store.put(made, 'local')
  await transaction.done
  return (first as CryptoKey | undefined) ?? made
}

/** What was already asked for in a failed transaction must not be kept. */
function abandon(transaction: { abort(): void; done: Promise<void> }): void {
  transaction.done.catch(() => undefined)
  try {
    transaction.abort()
  } catch {
    // It has ended by itself.
  }
}

class DatabaseVault implements Vault {
  readonly durable = true
  private lost = 0
  private readonly database: IDBPDatabase<Schema>
  private readonly key: CryptoKey

  constructor(database: IDBPDatabase<Schema>, key: CryptoKey) {
    this.database = database
    this.key = key
  }

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    const row = await this.database.get('rows', [table, key])
    return row ? ((await this.open(row)) as T | undefined) : undefined
  }

  async list<T>(table: Table): Promise<Row<T>[]> {
    const rows = await this.database.getAllFromIndex('rows', 'table', table)
    const opened = await Promise.all(rows.map(async (row) => ({ key: row.key, value: await this.open(row) })))
    return opened.filter((row) => row.value !== undefined) as Row<T>[]
  }

  async write(changes: readonly Change[], clear: readonly Table[] = []): Promise<void> {
    await this.commit(changes, clear, null)
  }

  async amend<T>(decide: () => Promise<Amendment<T>>): Promise<T> {
    for (let round = 0; round < DECISIONS_AT_MOST; round += 1) {
      const revision = await this.revision()
      const { changes, clear = [], result } = await decide()
      if (changes.length + clear.length === 0) return result
      if (await this.commit(changes, clear, revision)) return result
    }
    throw new StorageRefused('others write all the time')
  }

  damaged(): number {
    return this.lost
  }

  close(): void {
    this.database.close()
  }

  private async revision(): Promise<number> {
    return ((await this.database.get('keys', REVISION)) as number | undefined) ?? 0
  }

  /** Writes all of it or nothing. False, and nothing is written, if the vault has moved on since `revision`. */
  private async commit(changes: readonly Change[], clear: readonly Table[], revision: number | null): Promise<boolean> {
    // Sealing waits, and a waiting IndexedDB transaction closes itself: seal first, then write at once.
    const sealed = await Promise.all(changes.map((change) => this.prepare(change)))
    const transaction = this.database.transaction(['rows', 'keys'], 'readwrite')
    const [rows, keys] = [transaction.objectStore('rows'), transaction.objectStore('keys')]
    try {
      const current = ((await keys.get(REVISION)) as number | undefined) ?? 0
      if (revision !== null && current !== revision) return false
      const emptied = await Promise.all(clear.map((table) => rows.index('table').getAllKeys(table)))
      const asked: Promise<unknown>[] = []
      const ask = (request: Promise<unknown>) => {
        // If a later one is refused at once, nobody waits for this one any more.
        request.catch(() => undefined)
        asked.push(request)
      }
      emptied.flat().forEach((key) => ask(rows.delete(key)))
      sealed.forEach((change) => ask('sealed' in change ? rows.put(change) : rows.delete([change.table, change.key])))
      ask(keys.put(current + 1, REVISION))
      await Promise.all([...asked, transaction.done])
      return true
    } catch (cause) {
      abandon(transaction)
      throw new StorageRefused(cause)
    }
  }

  private async open(row: StoredRow): Promise<unknown> {
    const value = await unseal(this.key, place(row.table, row.key), row.sealed)
    if (value === undefined) this.lost += 1
    return value
  }

  private async prepare(change: Change): Promise<StoredRow | Pick<StoredRow, 'table' | 'key'>> {
    const { table, key, value } = change
    if (value === undefined) return { table, key }
    return { table, key, sealed: await seal(this.key, place(table, key), value) }
  }
}

/** Opens the phone's own database. Throws if the browser refuses to keep one. */
export async function openVault(onTaken?: () => void): Promise<Vault> {
  const database = await openDB<Schema>(DATABASE_NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('rows', { keyPath: ['table', 'key'] }).createIndex('table', 'table')
      fresh.createObjectStore('keys')
    },
    blocking(_current, _wanted, event) {
      // Another tab forgets this phone: let go at once, so that it is not held up.
      ;(event.target as IDBDatabase).close()
      onTaken?.()
    },
  })
  try {
    return new DatabaseVault(database, await loadKey(database))
  } catch (error) {
    database.close()
    throw error
  }
}

/** Removes the database with everything in it. */
export async function deleteVault(): Promise<void> {
  await deleteDB(DATABASE_NAME)
}
