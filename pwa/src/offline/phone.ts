/** What this phone knows, as signals that every page reads. */
import { batch, computed, signal } from '@preact/signals'
import * as api from '../api/citizen.ts'
import { Unreachable } from '../api/client.ts'
import { clearTraces, finishWipe, removeBinding, sayFarewell, wipe, withPatience } from './forget.ts'
import { readFarewell } from './farewell.ts'
import { MemoryVault } from './memory-vault.ts'
import { enqueue, listMutations, renewClient, type Decision, type QueuedMutation, type QueueRow } from './mutations.ts'
import { applyQueue } from './overlay.ts'
import { isComplete, NO_RECORDS, readRecords, type Records } from './records.ts'
import { dropReply, listOutcomes, queueReply, repliesOf, type OtherTime, type QueuedReply } from './replies.ts'
import { InUse, isShared, markShared } from './shared.ts'
import { synchronise } from './sync.ts'
import { alone, listen, tell } from './tabs.ts'
import { upgrade } from './upgrade.ts'
import { openVault, StorageRefused, type Table, type Vault } from './vault.ts'

export type Standing = 'starting' | 'unpaired' | 'paired'
/** `memory`: nothing outlives the page. `full`: the last change could not be stored. */
export type StorageState = 'kept' | 'memory' | 'full'

const PERSONAL: readonly Table[] = ['record', 'state', 'mutation', 'reply', 'acknowledgement', 'shown']
const INTERVAL_MS = 5 * 60_000
const OPEN_PATIENCE_MS = 4_000
const FAREWELL_PATIENCE_MS = 700

export const standing = signal<Standing>('starting')
export const storage = signal<StorageState>('kept')
const told = signal<Records>(NO_RECORDS)
const outcomes = signal<readonly QueuedReply[]>([])
/** What the person changed here and a pull has not confirmed yet. */
export const queue = signal<readonly QueuedMutation[]>([])
/** What the person sees: what the server told, with what waits applied on top. */
export const records = computed(() => applyQueue(told.value, queue.value))
export const replies = computed<readonly QueuedReply[]>(() => repliesOf(outcomes.value, queue.value))
/** How many changes no server has answered yet. */
export const unsent = computed(() => queue.value.filter((each) => each.status === 'waiting').length)
export const wholeLoad = signal(false)
/** False after a try that got no answer; says nothing about the future. */
export const reached = signal(true)
/** True when the server ended this phone's session. */
export const endedByServer = signal(false)
/** True when the phone needs a new code to fetch anything new; what it holds stays. */
export const needsCode = signal(false)
export const choices = signal<Record<string, unknown>>({})
/** There is something to forget: a pairing, or what was written without one, finished or not. */
export const isInUse = computed(
  () =>
    standing.value === 'paired' ||
    records.value.lines.length > 0 ||
    queue.value.length > 0 ||
    Object.keys(choices.value).some((key) => key.startsWith('draft:')),
)

export const repliesById = computed(() => new Map(replies.value.map((reply) => [reply.appointment_id, reply])))

let vault: Vault = new MemoryVault()

async function tryOpen(): Promise<Vault> {
  const patience = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('storage does not answer')), OPEN_PATIENCE_MS),
  )
  return Promise.race([openVault(() => empty(false)), patience])
}

async function guarded<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    const result = await work
    if (storage.value === 'full') storage.value = 'kept'
    return result
  } catch (error) {
    if (!(error instanceof StorageRefused)) throw error
    storage.value = 'full'
    return undefined
  }
}

let choicesMade = 0

/** Shows what the phone has stored. */
export async function reload(): Promise<void> {
  const chosenBefore = choicesMade
  const [found, queued, settled, complete, state] = await Promise.all([
    readRecords(vault),
    listMutations(vault),
    listOutcomes(vault),
    isComplete(vault),
    vault.list<unknown>('state'),
  ])
  batch(() => {
    told.value = found
    queue.value = queued.map((row) => row.value)
    outcomes.value = settled
    wholeLoad.value = complete
    // Somebody chose something while this was read: what was read of it may be old.
    if (chosenBefore === choicesMade) choices.value = Object.fromEntries(state.map((row) => [row.key, row.value]))
    if (choices.value['paired']) standing.value = 'paired'
  })
}

async function openOrDoWithout(): Promise<void> {
  if (vault.durable || storage.value === 'memory' || isShared.value) return
  try {
    vault = await tryOpen()
  } catch {
    storage.value = 'memory'
    return
  }
  // If it does not work, the old format stays as it was and is tried again at the next start.
  await guarded(upgrade(vault)).catch(() => undefined)
}

/** Opens the phone's own data: the first thing at every start, and it needs no network. */
export async function open(): Promise<void> {
  await finishWipe()
  // A phone that was just forgotten stays without a trace until somebody pairs it or chooses something.
  if (readFarewell() === null) await openOrDoWithout()
  await reload()
  if (standing.value === 'starting') standing.value = 'unpaired'
}

/** Where nothing is stored, the server alone knows whether this browser is paired. */
async function askWhoIAm(): Promise<void> {
  if (vault.durable || standing.value === 'paired' || readFarewell()) return
  const profile = await api.getMe().catch(() => null)
  if (profile) await becomePaired(profile.id)
}

/** Remembers something the person chose on this phone; it never leaves it. */
export async function choose(key: string, value: unknown): Promise<void> {
  choicesMade += 1
  choices.value = { ...choices.value, [key]: value }
  await openOrDoWithout()
  await guarded(vault.write([{ table: 'state', key, value }]))
  choicesMade += 1
}

export async function becomePaired(citizenId: string): Promise<void> {
  await giveWayTo(citizenId)
  // What was written before goes along: numbered anew, for the server knows each pairing by a number of its own.
  await guarded(vault.amend(async () => ({ changes: await renewClient(vault), result: undefined })))
  await choose('paired', { citizen_id: citizenId })
  batch(() => {
    standing.value = 'paired'
    endedByServer.value = false
    needsCode.value = false
  })
}

/** Whatever another person left on this phone goes before the new name is shown. */
async function giveWayTo(citizenId: string): Promise<void> {
  const before = choices.value['paired'] as { citizen_id?: string } | undefined
  if (!before || before.citizen_id === citizenId) return
  await removeBinding()
  await vault.write([], PERSONAL)
  showNothing()
}

function showNothing(): void {
  batch(() => {
    told.value = NO_RECORDS
    queue.value = []
    outcomes.value = []
    choices.value = {}
  })
}

async function refreshOnce(): Promise<void> {
  if (!(await sayFarewell())) return
  await askWhoIAm()
  if (standing.value !== 'paired') return
  await alone(async () => {
    const outcome = await guarded(synchronise(vault))
    if (outcome === 'ended' || (outcome === 'expired' && isShared.value)) return leave(true)
    if (outcome) {
      reached.value = outcome === 'done' || outcome === 'expired'
      needsCode.value = outcome === 'expired'
    }
    await reload()
    if (outcome === 'done') tell('changed')
  })
}

let running: Promise<void> | null = null
let following: Promise<void> | null = null

/** Sends what waits and fetches what is new, once from now on. Never needed before something can be read. */
export function refresh(): Promise<void> {
  if (running === null) {
    running = refreshOnce().finally(() => (running = null))
    return running
  }
  // What is under way may have begun before the caller's change.
  following ??= running.catch(() => undefined).then(() => {
    following = null
    return refresh()
  })
  return following
}

let lastWork: Promise<unknown> = Promise.resolve()

/** One change after the other, so that each is made from what the one before it left. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastWork.then(work)
  lastWork = turn.catch(() => undefined)
  return turn
}

async function keep(work: () => Promise<unknown>): Promise<boolean> {
  await openOrDoWithout()
  const isKept = await guarded(work().then(() => true))
  await reload()
  if (!isKept) return false
  tell('changed')
  void refresh()
  return true
}

/** Keeps a change with its place in the queue, and shows it. False: the phone would not store it. */
export function change(decide: (rows: QueueRow[], open: Vault) => Promise<Decision> | Decision): Promise<boolean> {
  return inTurn(() => keep(() => enqueue(vault, (rows) => decide(rows, vault))))
}

/** Sends what waits while the person looks on. True when nothing waits any more. */
export async function sendNow(): Promise<boolean> {
  await refresh()
  return unsent.value === 0
}

/** Answers an appointment: on the phone at once, on its way when there is one. False: the phone would not store it. */
export function answer(
  appointment: Pick<api.Appointment, 'id' | 'revision'>,
  reply: api.Answer,
  instead?: OtherTime,
): Promise<boolean> {
  return inTurn(() => keep(() => queueReply(vault, appointment, reply, instead)))
}

/** Takes back an answer that was not sent, or puts away a message that was read. */
export async function dropAnswer(appointmentId: string): Promise<void> {
  const read = records.value.rejected.filter((each) => each.entity === 'appointment' && each.entity_id === appointmentId)
  await inTurn(() => keep(() => dropReply(vault, appointmentId, read.map((each) => each.id))))
}

/** From now on nothing is stored here. Throws `InUse` if something of somebody already is. */
async function keepNothing(): Promise<void> {
  if (isInUse.value && !isShared.value) throw new InUse()
  vault.close()
  vault = new MemoryVault()
  markShared(true)
  await clearTraces()
}

/** Pairs with a code. Throws what the server said, `InUse`, or `Unreachable`. */
export async function pairWith(code: string, shared = false): Promise<api.Pairing> {
  // The old session ends first: its mark must never end the new one.
  if (!(await sayFarewell())) throw new Unreachable()
  if (shared) await keepNothing()
  else await openOrDoWithout()
  const pairing = await api.pair(code, shared).catch((error: unknown) => {
    markShared(false)
    throw error
  })
  await becomePaired(pairing.citizen_id)
  if (!shared && navigator.storage?.persist) void navigator.storage.persist().catch(() => false)
  void refresh()
  return pairing
}

/** Finds the appointment of a reminder: on the phone, else by a pull. `other`: it reminds of something else. */
export async function findOccurrence(occurrenceId: string): Promise<api.Appointment | 'other' | null> {
  const local = () => records.value.appointments.find((each) => each.occurrence_ids.includes(occurrenceId)) ?? null
  if (local()) return local()
  await refresh()
  if (local() || standing.value !== 'paired') return local()
  const found = await api.findReminder(occurrenceId)
  if (found.kind !== 'appointment') return 'other'
  return records.value.appointments.find((each) => each.id === found.subject_id) ?? null
}

/** Forgets everything and shows the unpaired start. */
export async function leave(byServer: boolean): Promise<void> {
  vault.close()
  tell('forgotten')
  await wipe()
  // A slow network keeps nothing on the screen; the mark makes sure that the session ends all the same.
  await withPatience(sayFarewell(), FAREWELL_PATIENCE_MS)
  empty(byServer)
}

/** Nothing of the person is left on this page. */
function empty(byServer: boolean): void {
  vault.close()
  vault = new MemoryVault()
  batch(() => {
    showNothing()
    markShared(false)
    storage.value = 'kept'
    endedByServer.value = byServer
    needsCode.value = false
    standing.value = 'unpaired'
  })
}

/** Keeps the phone up to date while the app is open. */
export function keepFresh(): void {
  const now = () => void refresh()
  addEventListener('online', now)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') now()
  })
  setInterval(now, INTERVAL_MS)
  listen((message) => {
    if (message === 'changed') void reload()
    else empty(endedByServer.value)
  })
}
