/** The rules of the lock: how a code is tried, how long somebody waits, and when what is behind it goes. */
import type { LockableVault, LockRecord } from './lockable.ts'
import { keepClient, newClient } from './mutations.ts'
import { makeKey, openKey, rewrapKey, type OpenedKey } from './pin-key.ts'

/** The last wrong code takes away what is behind the lock. */
export const TRIES_AT_MOST = 10
const SECOND = 1_000
const MINUTE = 60 * SECOND
/** After the fifth wrong code, the sixth, and so on. */
const WAITS = [30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE]
const FREE_TRIES = TRIES_AT_MOST - WAITS.length - 1

/** How long somebody waits after so many wrong codes, in milliseconds. */
export function waitAfter(tries: number): number {
  return WAITS[Math.min(tries - FREE_TRIES, WAITS.length) - 1] ?? 0
}

/**
 * `right`: it opens. `wrong`: it does not; `left` tries are left, the next one at `until`. `wait`: it was not tried
 * at all. `gone`: nothing is behind the lock any more.
 */
export type Try =
  | { outcome: 'right'; opened: OpenedKey; lock: LockRecord }
  | { outcome: 'wrong'; until: number; left: number }
  | { outcome: 'wait'; until: number }
  | { outcome: 'gone' }

/** The wait as it stands. A clock that was set back makes nobody wait longer than the longest wait. */
function withSaneWait(lock: LockRecord, now: number): LockRecord {
  return { ...lock, wait_until: Math.min(lock.wait_until, now + waitAfter(lock.tries)) }
}

/** When the next code can be tried. */
export function nextTry(vault: LockableVault, now: number): Promise<{ until: number; left: number }> {
  return vault.amendLock((stored) => {
    const lock = withSaneWait(stored, now)
    return { lock, result: { until: lock.wait_until, left: TRIES_AT_MOST - lock.tries } }
  })
}

type Begun = { counted: LockRecord } | { outcome: 'wait'; until: number } | { outcome: 'spent' } | { outcome: 'gone' }

/** Counts the try, before the code is looked at: ending the app in the middle gains nothing. */
function begin(vault: LockableVault, now: number): Promise<Begun> {
  return vault.amendLock<Begun>((stored) => {
    if (!stored.wrapped) return { result: { outcome: 'gone' } }
    if (stored.tries >= TRIES_AT_MOST) return { result: { outcome: 'spent' } }
    const lock = withSaneWait(stored, now)
    if (lock.wait_until > now) return { lock, result: { outcome: 'wait', until: lock.wait_until } }
    const tries = lock.tries + 1
    const counted = { ...lock, tries, wait_until: now + waitAfter(tries) }
    return { lock: counted, result: { counted } }
  })
}

function succeed(vault: LockableVault, counted: LockRecord, opened: OpenedKey): Promise<Try> {
  return vault.amendLock<Try>((stored) => {
    if (!stored.wrapped || stored.generation !== counted.generation) return { result: { outcome: 'gone' } }
    const lock = { ...stored, tries: 0, wait_until: 0 }
    return { lock, result: { outcome: 'right', opened, lock } }
  })
}

/**
 * Tries a code; after the last wrong one, `giveUp` takes away what is behind the lock.
 *
 * Throws `StorageRefused`: then the code was not tried.
 */
export async function tryPin(vault: LockableVault, pin: string, giveUp: () => Promise<void>, now = Date.now()): Promise<Try> {
  const begun = await begin(vault, now)
  if ('outcome' in begun && begun.outcome !== 'spent') return begun
  const counted = 'counted' in begun ? begun.counted : null
  const opened = counted?.wrapped ? await openKey(counted.wrapped, pin) : null
  if (counted && opened) return succeed(vault, counted, opened)
  if (counted && counted.tries < TRIES_AT_MOST)
    return { outcome: 'wrong', until: counted.wait_until, left: TRIES_AT_MOST - counted.tries }
  await giveUp()
  return { outcome: 'gone' }
}

/** Closes everything behind a new code. Throws `StorageRefused`: then all is as it was. */
export async function turnOn(vault: LockableVault, pin: string, planOpen: boolean): Promise<void> {
  const { wrapped, dataKey } = await makeKey(pin)
  await vault.reseal({ wrapped, plan_open: planOpen }, dataKey)
}

/** What a right code allows to change. */
export type LockChange = { pin: string } | { planOpen: boolean } | 'off'

/** Changes the lock with a code that was just found right. Throws `StorageRefused`: then all is as it was. */
export async function changeLock(vault: LockableVault, right: Try & { outcome: 'right' }, change: LockChange): Promise<void> {
  const { lock, opened } = right
  const { wrapped, plan_open } = lock
  if (!wrapped) return
  if (change === 'off') await vault.reseal({ wrapped: null, plan_open: false }, null)
  else if ('planOpen' in change) await vault.reseal({ wrapped, plan_open: change.planOpen }, opened.dataKey)
  else await vault.reseal({ wrapped: await rewrapKey(wrapped, opened, change.pin), plan_open }, opened.dataKey)
}

/**
 * Takes away what is behind the lock. Whose phone it was stays, as an id that says nothing, and that nobody has proved
 * whose the plan is that was left in the open. What waits there keeps its place in the queue. False if there was no
 * lock any more.
 */
export function giveUp(vault: LockableVault): Promise<boolean> {
  return vault.giveUp(async (staying) => {
    const owner = await vault.get('state', 'paired')
    const isPlanLeft = staying.some(({ table }) => table === 'record' || table === 'mutation')
    const state = (key: string, value?: unknown) => ({ table: 'state' as const, key, value })
    return [
      state('paired'),
      ...(owner === undefined ? [] : [state('was_paired', owner)]),
      ...(isPlanLeft ? [state('unproved', true)] : []),
      keepClient(newClient(staying.filter(({ table }) => table === 'mutation'))),
    ]
  })
}
