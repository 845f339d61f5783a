/**
 * What stays after "Glem denne telefon": one mark without personal data.
 *
 * It outlives the database, so that a wipe that was cut off goes on at the next start, and the session on the
 * server ends as soon as there is a network.
 */

const MARK = 'farewell'

/** Where the mark lies; a private window may refuse it. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

function shelf(): Shelf | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

function quietly<T>(action: (open: Shelf) => T): T | null {
  const open = shelf()
  try {
    return open && action(open)
  } catch {
    return null
  }
}

/**
 * `wipe`: data may still be here. `session`: only the server's session is left.
 * `giving-up`: what was locked is about to go; whether it did, the lock itself says.
 * `given-up`: it has gone; the session is left, and what the person wants to open without a code.
 */
export type Farewell = 'wipe' | 'session' | 'giving-up' | 'given-up'

const STAGES: readonly (string | null)[] = ['wipe', 'session', 'giving-up', 'given-up']

export function readFarewell(): Farewell | null {
  const found = quietly((open) => open.getItem(MARK))
  return STAGES.includes(found) ? (found as Farewell) : null
}

export function writeFarewell(stage: Farewell | null): void {
  if (stage !== null) writePairedMark(false)
  quietly((open) => (stage === null ? open.removeItem(MARK) : open.setItem(MARK, stage)))
}

/** The language alone is kept here, so that the first words on the screen are the right ones. */
export function readLanguage(): string | null {
  return quietly((open) => open.getItem('language'))
}

export function writeLanguage(language: string | null): void {
  quietly((open) => (language === null ? open.removeItem('language') : open.setItem('language', language)))
}

const LOCK_MARK = 'locked'

/** That there is a lock: where the database does not open, nothing is fetched past it. */
export function writeLockMark(on: boolean): void {
  quietly((open) => (on ? open.setItem(LOCK_MARK, '1') : open.removeItem(LOCK_MARK)))
}

export function hasLockMark(): boolean {
  return quietly((open) => open.getItem(LOCK_MARK)) !== null
}

const PAIRED_MARK = 'paired'

/** That this phone was connected and has not said farewell: if its database is empty all the same, it was lost. */
export function writePairedMark(on: boolean): void {
  quietly((open) => (on ? open.setItem(PAIRED_MARK, '1') : open.removeItem(PAIRED_MARK)))
}

export function hasPairedMark(): boolean {
  return quietly((open) => open.getItem(PAIRED_MARK)) !== null
}
