interface Draft {
  values: unknown
  base: unknown
}

/** What somebody has typed and not yet sent. In memory only: it outlives a lost sign-in, never the tab. */
const drafts = new Map<string, Draft>()

/** `base`: what stood when the typing began, so that what was typed can be told from what was there. */
export function keepDraft(key: string, values: unknown, base?: unknown): void {
  drafts.set(key, { values, base })
}

export function findDraft<V>(key: string): V | undefined {
  return drafts.get(key)?.values as V | undefined
}

export function findBase<B>(key: string): B | undefined {
  return drafts.get(key)?.base as B | undefined
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
