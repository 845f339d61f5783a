/** What somebody has typed and not yet sent. In memory only: it outlives a lost sign-in, never the tab. */
const drafts = new Map<string, unknown>()

export function keepDraft(key: string, values: unknown): void {
  drafts.set(key, values)
}

export function findDraft<V>(key: string): V | undefined {
  return drafts.get(key) as V | undefined
}

export function dropDraft(key: string): void {
  drafts.delete(key)
}

/** Something was typed that no server has taken yet. */
export function hasDrafts(): boolean {
  return drafts.size > 0
}

/** Another person has signed in: nothing of the one before may show. */
export function dropAllDrafts(): void {
  drafts.clear()
}
