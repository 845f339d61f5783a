/** A computer or phone that others use, too: the app keeps nothing on it, and the mark goes with the tab. */
import { signal } from '@preact/signals'

const MARK = 'shared'

function quietly<T>(use: (kept: Storage) => T): T | null {
  try {
    return use(sessionStorage)
  } catch {
    return null
  }
}

export const isShared = signal(quietly((kept) => kept.getItem(MARK)) === '1')

export function markShared(on: boolean): void {
  isShared.value = on
  quietly((kept) => (on ? kept.setItem(MARK, '1') : kept.removeItem(MARK)))
}

/** Something of somebody lies on this device already; it must be forgotten before it can be used as a shared one. */
export class InUse extends Error {}
