/** What the phone keeps, sealed. Everything above it sees tables of plain values. */
import { ALWAYS_OPEN, isPrivate } from './compartments.ts'
import { Connection, type Database, type StoredRow, type Taker } from './connection.ts'
import { isSameLock, Locked, NO_LOCK, type LockableVault, type LockRecord, type Place } from './lockable.ts'
import { newKey, seal, unseal } from './seal.ts'

export { DATABASE_NAME, deleteVault } from './connection.ts'

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

/** Under which key which row belongs. */
interface Keys {
  lock: Pick<LockRecord, 'wrapped' | 'plan_open'>
  dataKey: CryptoKey | null
}

interface Writing {
  puts: readonly StoredRow[]
  gone: readonly [Table, string][]
  clear?: readonly Table[]
  lock?: (stored: LockRecord) => LockRecord
}

/** How often a decision is made anew before the phone says that it cannot store it. */
export const DECISIONS_AT_MOST = 100
const REVISION = 'revision'
const LOCK = 'lock'

const place = (table: Table, key: string) => `${table}/${key}`

async function loadKey(database: Database): Promise<CryptoKey> {
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

async function lockOf(database: Database): Promise<LockRecord> {
  return ((await database.get('keys', LOCK)) as LockRecord | undefined) ?? NO_LOCK
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

class DatabaseVault implements LockableVault {
  readonly durable = true
  lock: LockRecord
  private lost = 0
  private dataKey: CryptoKey | null = null
  private readonly connection: Connection
  private openKey: CryptoKey

  constructor(connection: Connection, openKey: CryptoKey, lock: LockRecord) {
    this.connection = connection
    this.openKey = openKey
    this.lock = lock
    connection.whenAgain((database) => this.lookAgain(database))
  }

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    const row = await this.connection.use((database) => database.get('rows', [table, key]))
    return row ? ((await this.open(row)) as T | undefined) : undefined
  }

  async list<T>(table: Table): Promise<Row<T>[]> {
    const rows = await this.connection.use((database) => database.getAllFromIndex('rows', 'table', table))
    const opened = await Promise.all(rows.map(async (row) => ({ key: row.key, value: await this.open(row) })))
    return opened.filter((row) => row.value !== undefined) as Row<T>[]
  }

  async write(changes: readonly Change[], clear: readonly Table[] = []): Promise<void> {
    await this.asOften(async () => ((await this.commit(changes, clear, null)) ? { result: undefined } : null))
  }

  amend<T>(decide: () => Promise<Amendment<T>>): Promise<T> {
    return this.asOften(async () => {
      const revision = await this.revision()
      const { changes, clear = [], result } = await decide()
      if (changes.length + clear.length === 0) return { result }
      return (await this.commit(changes, clear, revision)) ? { result } : null
    })
  }

  damaged(): number {
    return this.lost
  }

  close(): void {
    this.dataKey = null
    this.connection.close()
  }

  isLocked(): boolean {
    return this.lock.wrapped !== null && this.dataKey === null
  }

  async readLock(): Promise<LockRecord> {
    return this.connection.use(lockOf)
  }

  amendLock<T>(decide: (lock: LockRecord) => { lock?: LockRecord; result: T }): Promise<T> {
    return this.connection.use(async (database) => {
      // A counted try must have reached the disk before the code is tried.
      const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
      try {
        const stored = ((await transaction.store.get(LOCK)) as LockRecord | undefined) ?? NO_LOCK
        const { lock, result } = decide(stored)
        if (lock) await transaction.store.put(lock, LOCK)
        await transaction.done
        return result
      } catch (cause) {
        abandon(transaction)
        throw new StorageRefused(cause)
      }
    })
  }

  unlock(dataKey: CryptoKey, lock: LockRecord): void {
    this.dataKey = dataKey
    this.lock = lock
  }

  forgetKey(): void {
    this.dataKey = null
  }

  reseal(to: Pick<LockRecord, 'wrapped' | 'plan_open'>, dataKey: CryptoKey | null): Promise<void> {
    const fresh = { tries: 0, wait_until: 0, given_up: false }
    return this.asOften(async () => {
      if (this.isLocked()) throw new Locked()
      const { generation } = this.lock
      const revision = await this.revision()
      const rows = await this.allRows()
      const moved = await Promise.all(rows.map((row) => this.move(row, { lock: to, dataKey })))
      const lock = (stored: LockRecord) => ({ ...stored, ...to, ...fresh, generation: generation + 1 })
      const puts = moved.filter((row) => row !== null)
      if (!(await this.put({ puts, gone: [], lock }, revision, generation))) return null
      this.dataKey = dataKey
      this.lock = lock(this.lock)
      return { result: undefined }
    })
  }

  giveUp(decide: (staying: readonly Place[]) => Promise<readonly Change[]>): Promise<boolean> {
    return this.asOften(async () => {
      const revision = await this.revision()
      const stored = await this.readLock()
      if (!stored.wrapped) return { result: false }
      const off = { ...stored, wrapped: null, given_up: true, generation: stored.generation + 1 }
      const rows = await this.allRows()
      const left = await decide(rows.filter((row) => !row.private))
      const gone = rows.filter((row) => row.private).map((row): [Table, string] => [row.table, row.key])
      const writing = await this.sealAll(left, { lock: off, dataKey: null })
      const all = { ...writing, gone: [...gone, ...writing.gone], lock: () => off }
      if (!(await this.put(all, revision, null))) return null
      this.dataKey = null
      this.lock = off
      return { result: true }
    })
  }

  /** The browser had dropped the connection: whoever changed the lock or the phone's owner meanwhile goes first. */
  private async lookAgain(database: Database): Promise<void> {
    if (!isSameLock(await lockOf(database), this.lock)) throw new Locked()
    this.openKey = await loadKey(database)
  }

  private allRows(): Promise<StoredRow[]> {
    return this.connection.use((database) => database.getAll('rows'))
  }

  /** Does it anew as often as others write in between. */
  private async asOften<T>(attempt: () => Promise<{ result: T } | null>): Promise<T> {
    for (let round = 0; round < DECISIONS_AT_MOST; round += 1) {
      const done = await attempt()
      if (done) return done.result
    }
    throw new StorageRefused('others write all the time')
  }

  private async revision(): Promise<number> {
    return this.connection.use(async (database) => ((await database.get('keys', REVISION)) as number | undefined) ?? 0)
  }

  private async commit(changes: readonly Change[], clear: readonly Table[], revision: number | null): Promise<boolean> {
    const touched = [...changes.map((change) => change.table), ...clear]
    const isGuarded = touched.some((table) => !ALWAYS_OPEN.includes(table))
    if (isGuarded && this.isLocked()) throw new Locked()
    const { generation } = this.lock
    const keys = { lock: this.lock, dataKey: this.dataKey }
    const writing = await this.sealAll(changes, keys)
    return this.put({ ...writing, clear }, revision, isGuarded ? generation : null)
  }

  /**
   * Writes all of it or nothing. False, and nothing is written, if the vault has moved on since `revision`, or this
   * page itself has changed the lock since `generation`; `Locked` is thrown if another page has.
   */
  private put(writing: Writing, revision: number | null, generation: number | null): Promise<boolean> {
    return this.connection.use((database) => this.putInto(database, writing, revision, generation))
  }

  private async putInto(database: Database, writing: Writing, revision: number | null, generation: number | null): Promise<boolean> {
    const transaction = database.transaction(['rows', 'keys'], 'readwrite')
    const [rows, keys] = [transaction.objectStore('rows'), transaction.objectStore('keys')]
    try {
      const current = ((await keys.get(REVISION)) as number | undefined) ?? 0
      const lock = ((await keys.get(LOCK)) as LockRecord | undefined) ?? NO_LOCK
      if (generation !== null && lock.generation !== this.lock.generation) throw new Locked()
      if (generation !== null && lock.generation !== generation) return false
      if (revision !== null && current !== revision) return false
      const emptied = await Promise.all((writing.clear ?? []).map((table) => rows.index('table').getAllKeys(table)))
      const asked: Promise<unknown>[] = []
      const ask = (request: Promise<unknown>) => {
        // If a later one is refused at once, nobody waits for this one any more.
        request.catch(() => undefined)
        asked.push(request)
      }
      ;[...emptied.flat(), ...writing.gone].forEach((key) => ask(rows.delete(key)))
      writing.puts.forEach((row) => ask(rows.put(row)))
      if (writing.lock) ask(keys.put(writing.lock(lock), LOCK))
      ask(keys.put(current + 1, REVISION))
      await Promise.all([...asked, transaction.done])
      return true
    } catch (cause) {
      abandon(transaction)
      throw cause instanceof Locked ? cause : new StorageRefused(cause)
    }
  }

  private async open(row: StoredRow): Promise<unknown> {
    const key = row.private ? this.dataKey : this.openKey
    // Behind the lock is not damaged.
    if (!key && this.lock.wrapped) return undefined
    const value = key ? await unseal(key, place(row.table, row.key), row.sealed) : undefined
    if (value === undefined) this.lost += 1
    return value
  }

  /** Sealing waits, and a waiting IndexedDB transaction closes itself: seal first, then write at once. */
  private async sealAll(changes: readonly Change[], keys: Keys): Promise<Pick<Writing, 'puts' | 'gone'>> {
    const isKept = (change: Change) => change.value !== undefined
    const puts = await Promise.all(changes.filter(isKept).map((change) => this.prepare(change, keys)))
    const gone = changes.filter((change) => !isKept(change)).map(({ table, key }): [Table, string] => [table, key])
    return { puts, gone }
  }

  private async prepare({ table, key, value }: Change, { lock, dataKey }: Keys): Promise<StoredRow> {
    const isBehind = lock.wrapped !== null && isPrivate({ table, key, value }, lock.plan_open)
    if (!isBehind) return { table, key, sealed: await seal(this.openKey, place(table, key), value) }
    if (!dataKey) throw new Locked()
    return { table, key, sealed: await seal(dataKey, place(table, key), value), private: true }
  }

  /** The row under its new key; null if it stays as it is. */
  private async move(row: StoredRow, keys: Keys): Promise<StoredRow | null> {
    const value = await this.open(row)
    // What is damaged stays so, and is fetched again.
    if (value === undefined) return null
    const { table, key } = row
    const isBehind = keys.lock.wrapped !== null && isPrivate({ table, key, value }, keys.lock.plan_open)
    return isBehind === (row.private ?? false) ? null : this.prepare({ table, key, value }, keys)
  }
}

/** Opens the phone's own database. Throws if the browser refuses to keep one. */
export async function openVault(onTaken: (by: Taker) => void = () => undefined): Promise<LockableVault> {
  const connection = await Connection.open(onTaken)
  try {
    return await connection.use(async (database) => new DatabaseVault(connection, await loadKey(database), await lockOf(database)))
  } catch (error) {
    connection.close()
    throw error
  }
}
