/** The lock as the person uses it: turn it on, open it, change it, or lose what is behind it. */
import { batch } from '@preact/signals'
import { isDropped } from './connection.ts'
import { readFarewell, writeFarewell } from './farewell.ts'
import {
  carryOver,
  isUnproved,
  lockableVault,
  lockState,
  openOrDoWithout,
  reopen,
  seeLock,
  settleStanding,
  showNothing,
  standing,
  wholeShut,
} from './held.ts'
import { changeLock, giveUp, nextTry, tryPin, turnOn, type LockChange, type Try } from './lock.ts'
import { Locked, type LockableVault } from './lockable.ts'
import { refresh } from './phone.ts'
import { tell } from './tabs.ts'
import { StorageRefused } from './vault.ts'

export { TRIES_AT_MOST, type LockChange } from './lock.ts'

/** `full`: the phone would not store it, so nothing was tried or changed. `stuck`: the phone's store does not answer. */
export type Answer = { outcome: 'right' } | Exclude<Try, { outcome: 'right' }> | { outcome: 'full' } | { outcome: 'stuck' }

const GONE = { outcome: 'gone' } as const
const FULL = { outcome: 'full' } as const
const STUCK = { outcome: 'stuck' } as const

/** What a failed attempt comes to. */
function answerTo(error: unknown): Answer {
  if (error instanceof StorageRefused) return isDropped(error.reason) ? STUCK : FULL
  if (isDropped(error)) return STUCK
  if (!(error instanceof Locked)) throw error
  void reopen()
  return GONE
}

/** Takes away what is behind the lock, and ends the session as soon as there is a network. */
async function loseAll(vault: LockableVault): Promise<void> {
  const before = readFarewell()
  // Cut off in the middle, the next start knows by the lock whether it has happened.
  writeFarewell('giving-up')
  const isDone = await giveUp(vault).catch((error: unknown) => {
    writeFarewell(before)
    throw error
  })
  writeFarewell(isDone ? 'given-up' : before)
  if (!isDone) return reopen()
  batch(() => {
    showNothing()
    standing.value = 'starting'
    seeLock(vault)
  })
  tell('lock')
  await settleStanding()
  void refresh()
}

async function attempt(pin: string, onRight: (vault: LockableVault, right: Try & { outcome: 'right' }) => Promise<void>): Promise<Answer> {
  const vault = lockableVault()
  if (!vault) return GONE
  try {
    const tried = await tryPin(vault, pin, () => loseAll(vault))
    if (tried.outcome === 'gone' && lockState.value !== 'given-up') await reopen()
    if (tried.outcome !== 'right') return tried
    await onRight(vault, tried)
    return { outcome: 'right' }
  } catch (error) {
    return answerTo(error)
  }
}

/** Whether the person at the phone knows the code. A wrong one counts wherever it is typed. */
export function provePin(pin: string): Promise<Answer> {
  return attempt(pin, async () => undefined)
}

/** Opens what is behind the lock; the page that was asked for is there at once. */
export async function unlock(pin: string): Promise<Answer> {
  await wholeShut()
  return attempt(pin, async (vault, { opened, lock }) => {
    vault.unlock(opened.dataKey, lock)
    seeLock(vault)
    await carryOver()
    await settleStanding()
    void refresh()
  })
}

/** Changes the code or the answer about the plan, or takes the lock away. */
export function change(pin: string, to: LockChange): Promise<Answer> {
  return attempt(pin, async (vault, right) => {
    await changeLock(vault, right, to)
    seeLock(vault)
    tell('lock')
  })
}

/** Puts everything behind a new code. */
export async function lockWith(pin: string, planOpen: boolean): Promise<Answer> {
  await openOrDoWithout()
  // A plan that somebody else may have written is not put behind a code that its owner does not know.
  if (isUnproved.value) return GONE
  const vault = lockableVault()
  if (!vault) return FULL
  try {
    await turnOn(vault, pin, planOpen)
  } catch (error) {
    return answerTo(error)
  }
  seeLock(vault)
  tell('lock')
  return { outcome: 'right' }
}

/** When a code can be tried, and how many tries are left. */
export async function whenToTry(): Promise<{ until: number; left: number }> {
  const vault = lockableVault()
  const none = { until: 0, left: 0 }
  return vault ? nextTry(vault, Date.now()).catch(() => none) : none
}

/** Whether the centre has what this phone has sent, asked without a code. Null: the phone's store does not answer. */
export async function wasConnected(): Promise<boolean | null> {
  const vault = lockableVault()
  if (!vault) return null
  const asked: Promise<boolean> = vault.get('state', 'paired').then((owner) => owner !== undefined)
  return asked.catch(() => null)
}

/** "Glemt koden": takes away what nobody can open any more. False: the phone would not do it. */
export async function loseWhatIsLocked(): Promise<boolean> {
  const vault = lockableVault()
  if (!vault) return false
  try {
    await loseAll(vault)
    return true
  } catch (error) {
    return !['full', 'stuck'].includes(answerTo(error).outcome)
  }
}

/** The person has read that it is gone. */
export async function putAwayGivenUp(): Promise<void> {
  const vault = lockableVault()
  await vault?.amendLock((stored) => ({ lock: { ...stored, given_up: false }, result: undefined })).catch(() => undefined)
  lockState.value = 'none'
}
