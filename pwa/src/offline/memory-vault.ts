import { DECISIONS_AT_MOST, StorageRefused, type Amendment, type Change, type Row, type Table, type Vault } from './vault.ts'

/** Keeps everything until the page closes, where the browser lets nothing be stored. */
export class MemoryVault implements Vault {
  readonly durable = false
  private revision = 0
  private readonly tables = new Map<Table, Map<string, string>>()

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    const text = this.tables.get(table)?.get(key)
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }

  async list<T>(table: Table): Promise<Row<T>[]> {
    const rows = [...(this.tables.get(table) ?? [])]
    return rows.map(([key, text]) => ({ key, value: JSON.parse(text) as T }))
  }

  async write(changes: readonly Change[], clear: readonly Table[] = []): Promise<void> {
    this.revision += 1
    for (const table of clear) this.tables.delete(table)
    for (const { table, key, value } of changes) {
      const rows = this.tables.get(table) ?? new Map<string, string>()
      if (value === undefined) rows.delete(key)
      else rows.set(key, JSON.stringify(value))
      this.tables.set(table, rows)
    }
  }

  async amend<T>(decide: () => Promise<Amendment<T>>): Promise<T> {
    for (let round = 0; round < DECISIONS_AT_MOST; round += 1) {
      const before = this.revision
      const { changes, clear = [], result } = await decide()
      if (this.revision !== before) continue
      if (changes.length + clear.length > 0) await this.write(changes, clear)
      return result
    }
    throw new StorageRefused('others write all the time')
  }

  damaged(): number {
    return 0
  }

  close(): void {
    this.tables.clear()
  }
}
