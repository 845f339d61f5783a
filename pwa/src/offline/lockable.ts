/** A vault that the person's code can close, and what the phone keeps about the lock itself. */
import type { WrappedKey } from './pin-key.ts'
import type { Change, Vault } from './vault.ts'

/** The lock is on, or another page has changed it: nothing was written. */
export class Locked extends Error {
  constructor() {
    super('locked')
    this.name = 'Locked'
  }
}

/** What the phone keeps about the lock itself, readable before any code is typed. */
export interface LockRecord {
  /** Counts every change of the lock: a page that knows an older one writes nothing. */
  generation: number
  /** The data key under the person's code; null when there is no lock. */
  wrapped: WrappedKey | null
  /** The person's answer to "Må din kriseplan åbnes uden kode?". */
  plan_open: boolean
  /** Wrong codes since the last right one; counted before the code is tried. */
  tries: number
  /** Milliseconds since 1970 by the phone's clock; 0 when nobody has to wait. */
  wait_until: number
  /** What was behind the lock is gone, and the person has not been told yet. */
  given_up: boolean
}

export const NO_LOCK: LockRecord = { generation: 0, wrapped: null, plan_open: false, tries: 0, wait_until: 0, given_up: false }

/** Whether nobody has changed the lock, taken it away or begun a new one. */
export function isSameLock(one: LockRecord, other: LockRecord): boolean {
  return one.generation === other.generation && one.wrapped?.salt.join() === other.wrapped?.salt.join()
}

/** Where a row lies; its words are not told. */
export type Place = Pick<Change, 'table' | 'key'>

/** A vault that a code can close. */
export interface LockableVault extends Vault {
  /** The lock as it stood when this page last looked. */
  readonly lock: LockRecord
  /** Whether rows wait behind the lock for a code. */
  isLocked(): boolean
  /** The lock as it stands now. */
  readLock(): Promise<LockRecord>
  /** Reads and changes the lock's own record in one transaction. Throws `StorageRefused`. */
  amendLock<T>(decide: (lock: LockRecord) => { lock?: LockRecord; result: T }): Promise<T>
  /** Opens what is behind the lock. */
  unlock(dataKey: CryptoKey, lock: LockRecord): void
  /** From now on this page cannot open it any more. */
  forgetKey(): void
  /**
   * Moves every row to the key under which it belongs from now on, and keeps the new lock: all of it, or the old
   * state stays whole. Throws `Locked` or `StorageRefused`.
   */
  reseal(to: Pick<LockRecord, 'wrapped' | 'plan_open'>, dataKey: CryptoKey | null): Promise<void>
  /**
   * Takes away the wrapped key and every row behind it as one; what lies in the open stays, and what `decide` makes of
   * that is written with it. False if there was no lock any more: then nothing was taken away.
   */
  giveUp(decide: (staying: readonly Place[]) => Promise<readonly Change[]>): Promise<boolean>
}
