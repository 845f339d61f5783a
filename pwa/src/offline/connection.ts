/** The one owner of IndexedDB: opens the phone's database, and opens it again where the browser has let go of it. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { LockRecord } from './lockable.ts'
import type { Sealed } from './seal.ts'
import type { Table } from './vault.ts'

export interface StoredRow {
  table: Table
  key: string
  sealed: Sealed
  /** Sealed under the data key; absent: under the open key. */
  private?: true
}

interface Schema extends DBSchema {
  rows: { key: [string, string]; value: StoredRow; indexes: { table: string } }
  keys: { key: string; value: CryptoKey | number | LockRecord }
}

export type Database = IDBPDatabase<Schema>

export const DATABASE_NAME = 'overblik'
/**
 * 2: rows may lie behind a lock. Whoever knows version 1 alone would take them for damaged, fetch everything anew under
 * the open key and write over what waits: the browser closes such a page and opens the database for it no more.
 */
export const DATABASE_VERSION = 2

/** Who else wants the database: a tab that forgets this phone, or a newer version of the app. */
export type Taker = 'forgotten' | 'newer'

/** The connection is gone: closed by us, or dropped by the browser (Safari does that to pages in the background). */
export function isDropped(error: unknown): boolean {
  return error instanceof DOMException && ['InvalidStateError', 'UnknownError'].includes(error.name)
}

function closed(): DOMException {
  return new DOMException('the database was closed', 'InvalidStateError')
}

/** One page's connection; what it is used for is done once more if the browser has dropped it in between. */
export class Connection {
  private opened: Promise<Database> | null = null
  private isOver = false
  private readonly onTaken: (by: Taker) => void
  private onAgain: (database: Database) => Promise<void> = async () => undefined

  private constructor(onTaken: (by: Taker) => void) {
    this.onTaken = onTaken
  }

  /** Throws if the browser refuses. */
  static async open(onTaken: (by: Taker) => void): Promise<Connection> {
    const connection = new Connection(onTaken)
    connection.opened = connection.begin(true)
    await connection.opened
    return connection
  }

  /** `look` is called with every later connection before it is used, and throws where it must not be. */
  whenAgain(look: (database: Database) => Promise<void>): void {
    this.onAgain = look
  }

  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const used = this.connect()
    try {
      return await work(await used)
    } catch (error) {
      const cause = error instanceof Error && 'reason' in error ? error.reason : error
      if (this.isOver || !isDropped(cause)) throw error
      if (this.opened === used) await this.drop(used)
      return work(await this.connect())
    }
  }

  close(): void {
    this.isOver = true
    this.opened?.then((database) => database.close()).catch(() => undefined)
  }

  private connect(): Promise<Database> {
    if (this.isOver) return Promise.reject(closed())
    this.opened ??= this.beginAgain()
    return this.opened
  }

  private async drop(used: Promise<Database>): Promise<void> {
    this.opened = null
    await used.then((database) => database.close()).catch(() => undefined)
  }

  private async beginAgain(): Promise<Database> {
    let database: Database | null = null
    try {
      database = await this.begin(false)
      await this.onAgain(database)
      return database
    } catch (error) {
      this.opened = null
      database?.close()
      const isGone = error instanceof DOMException && ['AbortError', 'VersionError'].includes(error.name)
      if (!isGone) throw error
      this.isOver = true
      this.onTaken(error.name === 'AbortError' ? 'forgotten' : 'newer')
      throw closed()
    }
  }

  private begin(mayMake: boolean): Promise<Database> {
    return openDB<Schema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade(database, before, _now, transaction) {
        if (before > 0) return
        // Forgotten meanwhile: nothing of what this page still knows is written into a new one.
        if (!mayMake) {
          transaction.done.catch(() => undefined)
          return transaction.abort()
        }
        database.createObjectStore('rows', { keyPath: ['table', 'key'] }).createIndex('table', 'table')
        database.createObjectStore('keys')
      },
      blocking: (_current, wanted, event) => {
        // Let go at once, so that nobody is held up.
        ;(event.target as IDBDatabase).close()
        if (this.isOver) return
        this.isOver = true
        this.onTaken(wanted === null ? 'forgotten' : 'newer')
      },
      terminated: () => {
        this.opened = null
      },
    })
  }
}

/** Removes the database with everything in it. */
export async function deleteVault(): Promise<void> {
  await deleteDB(DATABASE_NAME)
}
