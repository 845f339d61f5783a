/** What this page holds of the phone's data right now: the open vault, and the signals that every page reads. */
import { batch, computed, signal } from '@preact/signals'
import { isDropped, type Taker } from './connection.ts'
import { hasLockMark, hasPairedMark, readFarewell, writeFarewell, writeLockMark, writePairedMark } from './farewell.ts'
import { withPatience } from './forget.ts'
import { Locked, type LockableVault } from './lockable.ts'
import { MemoryVault } from './memory-vault.ts'
import { listMutations, type QueuedMutation } from './mutations.ts'
import { applyQueue } from './overlay.ts'
import { isComplete, NO_RECORDS, readRecords, type Records } from './records.ts'
import { listOutcomes, repliesOf, type QueuedReply } from './replies.ts'
import { isShared, markShared } from './shared.ts'
import { tell } from './tabs.ts'
import { upgrade } from './upgrade.ts'
import { openVault, StorageRefused, type Vault } from './vault.ts'

export type Standing = 'starting' | 'unpaired' | 'paired'
/** `memory`: nothing outlives the page. `full`: the last change could not be stored. */
export type StorageState = 'kept' | 'memory' | 'full'
/**
 * `none`: there is no lock. `open`: there is one, and the code was typed. `locked`: nothing is shown without it.
 * `stuck`: there is one, and the phone's store does not answer. `given-up`: what was behind it is gone.
 */
export type LockState = 'none' | 'open' | 'locked' | 'stuck' | 'given-up'

const OPEN_PATIENCE_MS = 4_000
const LAST_WORK_PATIENCE_MS = 3_000

export const standing = signal<Standing>('starting')
export const storage = signal<StorageState>('kept')
export const lockState = signal<LockState>('none')
/** Whether the person wants the plan to open without a code. */
export const planOpen = signal(false)
/** The plan alone is shown, without a code, because its owner wants it so. */
export const planAtHand = signal(false)
const told = signal<Records>(NO_RECORDS)
const outcomes = signal<readonly QueuedReply[]>([])
/** What the person changed here and a pull has not confirmed yet. */
export const queue = signal<readonly QueuedMutation[]>([])
/** What the person sees: what the server told, with what waits applied on top. */
export const records = computed(() => applyQueue(told.value, queue.value))
export const replies = computed<readonly QueuedReply[]>(() => repliesOf(outcomes.value, queue.value))
export const wholeLoad = signal(false)
/** True when the server ended this phone's session. */
export const endedByServer = signal(false)
/** True when the phone needs a new code to fetch anything new; what it holds stays. */
export const needsCode = signal(false)
export const choices = signal<Record<string, unknown>>({})
/** The phone was connected, and the browser has lost what it kept. */
export const lostAll = signal(false)
/** A plan lies here in the open, and nobody has shown whose it is since the lock gave up: it is read, not changed. */
export const isUnproved = computed(() => standing.value !== 'paired' && choices.value['unproved'] === true)
/** Nothing of the person may be on the screen or in memory. */
export const isLocked = computed(() => lockState.value === 'locked' || lockState.value === 'stuck')

/** There is nothing of the person behind the places in the bar, so they are not offered. */
export const isClosed = computed(() => isLocked.value || lockState.value === 'given-up')

let vault: Vault = new MemoryVault()
/** What must reach the vault before its key goes. */
const underWay = new Set<Promise<unknown>>()

export function openedVault(): Vault {
  return vault
}

/** The phone's own vault, if it is open. */
export function lockableVault(): LockableVault | null {
  return 'amendLock' in vault ? (vault as LockableVault) : null
}

/** Nothing is kept any more, and nothing that was is read. */
export function doWithout(): void {
  vault.close()
  vault = new MemoryVault()
}

async function tryOpen(): Promise<LockableVault> {
  let isLate = false
  const patience = new Promise<never>((_, reject) =>
    setTimeout(() => {
      isLate = true
      reject(new Error('storage does not answer'))
    }, OPEN_PATIENCE_MS),
  )
  const opening = openVault((by) => isLate || letGo(by))
  // Nobody would close it any more.
  opening.then((late) => isLate && late.close()).catch(() => undefined)
  return Promise.race([opening, patience])
}

/** Another tab forgets this phone, or a newer version of the app has taken the database over. */
function letGo(by: Taker): void {
  if (by === 'forgotten') return empty(false)
  keepNothingShown('stuck')
  doWithout()
}

function keepNothingShown(as: LockState): void {
  batch(() => {
    lockState.value = as
    standing.value = 'starting'
    showNothing()
  })
}

/** The app was ended in the middle of giving up: the lock says whether it came so far. */
function settleGivingUp({ lock }: LockableVault): void {
  if (readFarewell() === 'giving-up') writeFarewell(lock.wrapped ? null : 'given-up')
}

/** Takes the lock as it stands in the vault. */
export function seeLock(open: LockableVault): void {
  const { wrapped, given_up, plan_open } = open.lock
  writeLockMark(wrapped !== null)
  batch(() => {
    planOpen.value = plan_open
    planAtHand.value = false
    if (given_up) lockState.value = 'given-up'
    else if (!wrapped) lockState.value = 'none'
    else lockState.value = open.isLocked() ? 'locked' : 'open'
  })
}

async function tryToOpen(): Promise<void> {
  try {
    const opened = await tryOpen()
    vault = opened
    settleGivingUp(opened)
    seeLock(opened)
  } catch {
    // A lock that cannot be read stays shut: the server alone would open everything to whoever holds the phone.
    lockState.value = hasLockMark() ? 'stuck' : 'none'
    if (lockState.value === 'none') storage.value = 'memory'
    return
  }
  await carryOver()
}

/** Opens the phone's own database, or does without one. */
export async function openOrDoWithout(): Promise<void> {
  if (vault.durable || storage.value === 'memory' || isShared.value || lockState.value === 'stuck') return
  await tryToOpen()
}

/** If it does not work, the old format stays as it was and is tried again at the next start. */
export async function carryOver(): Promise<void> {
  if (!isLocked.value) await guarded(upgrade(vault)).catch(() => undefined)
}

/** Undefined if the phone would not store it. */
export async function guarded<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    const result = await finishing(work)
    if (storage.value === 'full') storage.value = 'kept'
    return result
  } catch (error) {
    if (error instanceof Locked) {
      // Another page has changed the lock: this one begins anew.
      if (!isLocked.value) void reopen()
      return undefined
    }
    // The phone was forgotten, or the vault was opened anew.
    if (isDropped(error)) return undefined
    if (!(error instanceof StorageRefused)) throw error
    storage.value = 'full'
    return undefined
  }
}

function finishing<T>(work: Promise<T>): Promise<T> {
  const ended: Promise<unknown> = work.then(
    () => underWay.delete(ended),
    () => underWay.delete(ended),
  )
  underWay.add(ended)
  return work
}

let choicesMade = 0
/** What is being kept just now, and how often each key was chosen on this page. */
const choosing = new Map<string, unknown>()
const turns = new Map<string, number>()

async function readAll(from: Vault) {
  const reading = [readRecords(from), listMutations(from), listOutcomes(from), isComplete(from), from.list<unknown>('state')] as const
  try {
    return await Promise.all(reading)
  } catch (error) {
    if (isDropped(error)) return null
    if (!(error instanceof Locked)) throw error
    void reopen()
    return null
  }
}

/** Shows what the phone has stored; nothing while it is locked. */
export async function reload(): Promise<void> {
  const chosenBefore = choicesMade
  const from = vault
  const read = await readAll(from)
  if (!read || isLocked.value || from !== vault) return
  const [found, queued, settled, complete, state] = read
  batch(() => {
    told.value = found
    queue.value = queued.map((row) => row.value)
    outcomes.value = settled
    wholeLoad.value = complete
    // Somebody chose something while this was read: what was read of it may be old.
    if (chosenBefore === choicesMade) choices.value = Object.fromEntries([...state.map((row) => [row.key, row.value]), ...choosing])
    if (choices.value['paired']) standing.value = 'paired'
  })
  if (from.durable && standing.value === 'paired') writePairedMark(true)
  lostAll.value = from.durable && choices.value['paired'] === undefined && hasPairedMark()
}

async function readPlan(): Promise<readonly [Records, QueuedMutation[]] | null> {
  try {
    const [found, queued] = await Promise.all([readRecords(vault), listMutations(vault)])
    return [found, queued.map((row) => row.value)]
  } catch (error) {
    if (isDropped(error)) return null
    if (!(error instanceof Locked)) throw error
    void reopen()
    return null
  }
}

/**
 * Shows the plan that the person wants to have at hand without a code, and nothing else. False: the phone's store did
 * not give it.
 */
export async function showPlanAlone(): Promise<boolean> {
  const read = await readPlan()
  if (!read) return false
  const [found, queued] = read
  if (lockState.value !== 'locked' || !planOpen.value) return true
  batch(() => {
    told.value = { ...NO_RECORDS, lines: found.lines, plan: found.plan }
    queue.value = queued.filter((each) => each.entity === 'plan_line' || each.entity === 'plan')
    planAtHand.value = true
  })
  return true
}

/** Back behind the lock with it. */
export function hidePlan(): void {
  if (planAtHand.value) showNothing()
}

/** Remembers something the person chose on this phone; it never leaves it. */
export async function choose(key: string, value: unknown): Promise<void> {
  if (isLocked.value) return
  choicesMade += 1
  choices.value = { ...choices.value, [key]: value }
  choosing.set(key, value)
  const turn = (turns.get(key) ?? 0) + 1
  turns.set(key, turn)
  // Sealing takes longer than deleting: the last word stands, whichever is ready first.
  const decide = async () => ({ changes: turns.get(key) === turn ? [{ table: 'state' as const, key, value }] : [], result: undefined })
  try {
    await guarded(openOrDoWithout().then(() => vault.amend(decide)))
  } finally {
    choicesMade += 1
    if (turns.get(key) === turn) choosing.delete(key)
  }
}

/**
 * Answers what is asked only once: the question goes when the phone has kept the answer, so that nobody is asked again
 * who closes the app at once. It also goes, for now, where the phone will not store it.
 */
export async function answerForGood(key: string): Promise<void> {
  if (isLocked.value) return
  await guarded(openOrDoWithout().then(() => vault.write([{ table: 'state', key, value: true }])))
  if (isLocked.value) return
  choicesMade += 1
  choices.value = { ...choices.value, [key]: true }
}

const resets = new Set<() => void>()

/** For what a page has heard of the person and keeps outside of here: `reset` is called whenever nothing may be left. */
export function whenNothingIsShown(reset: () => void): void {
  resets.add(reset)
}

/** Nothing of the person is left in the signals. */
export function showNothing(): void {
  batch(() => {
    resets.forEach((reset) => reset())
    told.value = NO_RECORDS
    queue.value = []
    outcomes.value = []
    choices.value = {}
    choosing.clear()
    wholeLoad.value = false
    planAtHand.value = false
  })
}

let shutting: Promise<unknown> = Promise.resolve()

/** When the key of an earlier lock has gone for certain, and the vault is the one that is meant. */
export function wholeShut(): Promise<unknown> {
  return shutting
}

function keepDrafts(): void {
  // What is being typed is kept first, as when somebody leaves in a hurry.
  if (typeof dispatchEvent === 'function') dispatchEvent(new Event('leaving'))
}

/** Locks at once: the screen is empty now; the key goes as soon as what was under way has been kept. */
export async function lockNow(): Promise<void> {
  const open = lockableVault()
  if (lockState.value !== 'open' || !open) return
  keepDrafts()
  keepNothingShown('locked')
  shutting = withPatience(Promise.all(underWay), LAST_WORK_PATIENCE_MS).then(() => open.forgetKey())
  await shutting
}

/** Locks this page and every other one. */
export async function lockEverywhere(): Promise<void> {
  const locking = lockNow()
  tell('lock')
  await locking
}

let reopening = 0

/** Another page has changed the lock: this one opens the vault again, and is locked if there is a lock now. */
export async function reopen(): Promise<void> {
  // What is not kept on this phone has no lock, and another tab's does not concern it.
  if (isShared.value || (!vault.durable && reopening === 0)) return
  reopening += 1
  keepDrafts()
  // Until it is known what there is now, nothing is shown.
  planOpen.value = false
  keepNothingShown('locked')
  shutting = shutting.then(openAnew).finally(() => (reopening -= 1))
  await shutting
}

async function openAnew(): Promise<void> {
  await withPatience(Promise.all(underWay), LAST_WORK_PATIENCE_MS)
  doWithout()
  await tryToOpen()
  await settleStanding()
}

/** After the vault was opened: what is there is shown, and whose phone it is is known. */
export async function settleStanding(): Promise<void> {
  if (isLocked.value) return
  await reload()
  if (standing.value === 'starting') standing.value = 'unpaired'
}

/** Nothing of the person is left on this page. */
export function empty(byServer: boolean): void {
  doWithout()
  batch(() => {
    showNothing()
    markShared(false)
    storage.value = 'kept'
    lockState.value = 'none'
    endedByServer.value = byServer
    lostAll.value = false
    needsCode.value = false
    standing.value = 'unpaired'
  })
}
