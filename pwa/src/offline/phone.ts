/** What this phone knows, as signals that every page reads. */
import { batch, computed, signal } from '@preact/signals'
import * as api from '../api/citizen.ts'
import { Unreachable } from '../api/client.ts'
import { clearTraces, finishWipe, removeBinding, sayFarewell, wipe, withPatience } from './forget.ts'
import { readFarewell } from './farewell.ts'
import {
  choices,
  choose,
  doWithout,
  empty,
  endedByServer,
  guarded,
  isLocked,
  isUnproved,
  lostAll,
  needsCode,
  openedVault,
  openOrDoWithout,
  queue,
  records,
  reload,
  reopen,
  replies,
  settleStanding,
  showNothing,
  standing,
} from './held.ts'
import { enqueue, renewClient, type Decision, type QueueRow } from './mutations.ts'
import { dropReply, queueReply, type OtherTime } from './replies.ts'
import { InUse, isShared, markShared } from './shared.ts'
import { synchronise } from './sync.ts'
import { alone, listen, tell } from './tabs.ts'
import type { Table, Vault } from './vault.ts'

export { answerForGood, choices, choose, endedByServer, isUnproved, lostAll, needsCode, queue, records, reload, replies, standing, storage, wholeLoad } from './held.ts'
export type { Standing, StorageState } from './held.ts'

const PERSONAL: readonly Table[] = ['record', 'state', 'mutation', 'reply', 'acknowledgement', 'shown']
const INTERVAL_MS = 5 * 60_000
const AGAIN_MS = [3_000, 10_000, 30_000]
const FAREWELL_PATIENCE_MS = 700

/** How many changes no server has answered yet. */
export const unsent = computed(() => queue.value.filter((each) => each.status === 'waiting').length)
/** False after a try that got no answer; says nothing about the future. */
export const reached = signal(true)
/** There is something to forget: a pairing, or what was written without one, finished or not. */
export const isInUse = computed(
  () =>
    standing.value === 'paired' ||
    lostAll.value ||
    records.value.lines.length > 0 ||
    queue.value.length > 0 ||
    Object.keys(choices.value).some((key) => key.startsWith('draft:')),
)

export const repliesById = computed(() => new Map(replies.value.map((reply) => [reply.appointment_id, reply])))

/** Opens the phone's own data: the first thing at every start, and it needs no network. */
export async function open(): Promise<void> {
  await finishWipe()
  // A phone that was just forgotten stays without a trace until somebody pairs it or chooses something.
  if (readFarewell() !== 'session') await openOrDoWithout()
  await settleStanding()
}

/** Where nothing is stored, the server alone knows whether this browser is paired. */
async function askWhoIAm(): Promise<void> {
  if (openedVault().durable || standing.value === 'paired' || readFarewell()) return
  const profile = await api.getMe().catch(() => null)
  if (profile) await becomePaired(profile.id)
}

export async function becomePaired(citizenId: string, isOwnPlan?: boolean): Promise<void> {
  await giveWayTo(citizenId, isOwnPlan)
  // What was written before goes along: numbered anew, for the server knows each pairing by a number of its own.
  const vault = openedVault()
  await guarded(vault.amend(async () => ({ changes: await renewClient(vault), result: undefined })))
  await choose('paired', { citizen_id: citizenId })
  for (const left of ['was_paired', 'unproved']) if (choices.value[left]) await choose(left, undefined)
  batch(() => {
    lostAll.value = false
    standing.value = 'paired'
    endedByServer.value = false
    needsCode.value = false
  })
}

/** Whatever another person left on this phone goes before the new name is shown. */
async function giveWayTo(citizenId: string, isOwnPlan?: boolean): Promise<void> {
  // Somebody whose lock gave up has left the plan here, and whose it is.
  const before = (choices.value['paired'] ?? choices.value['was_paired']) as { citizen_id?: string } | undefined
  const mayStay = before ? before.citizen_id === citizenId : isOwnPlan || !isUnproved.value
  if (mayStay) return
  await removeBinding()
  await openedVault().write([], PERSONAL)
  showNothing()
}

/** Somebody has to say whether the plan on this phone is theirs, before it is connected. */
export class PlanUnanswered extends Error {}

/** A plan was left in the open on a phone that was never connected: nobody but its owner can say whose it is. */
export const mustAskWhosePlan = computed(() => isUnproved.value && choices.value['was_paired'] === undefined)

async function refreshOnce(): Promise<void> {
  if (!(await sayFarewell()) || isLocked.value) return
  await askWhoIAm()
  if (standing.value !== 'paired') return
  await alone(async () => {
    const outcome = await guarded(synchronise(openedVault()))
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

async function keep(work: (vault: Vault) => Promise<unknown>): Promise<boolean> {
  await openOrDoWithout()
  // What is written now would be sent in the name of whoever left the plan here.
  if (isUnproved.value) return false
  const isKept = await guarded(work(openedVault()).then(() => true))
  await reload()
  if (!isKept) return false
  tell('changed')
  void refresh()
  return true
}

/** Keeps a change with its place in the queue, and shows it. False: the phone would not store it. */
export function change(decide: (rows: QueueRow[], open: Vault) => Promise<Decision> | Decision): Promise<boolean> {
  return inTurn(() => keep((vault) => enqueue(vault, (rows) => decide(rows, vault))))
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
  return inTurn(() => keep((vault) => queueReply(vault, appointment, reply, instead)))
}

/** Takes back an answer that was not sent, or puts away a message that was read. */
export async function dropAnswer(appointmentId: string): Promise<void> {
  const read = records.value.rejected.filter((each) => each.entity === 'appointment' && each.entity_id === appointmentId)
  await inTurn(() => keep((vault) => dropReply(vault, appointmentId, read.map((each) => each.id))))
}

/** From now on nothing is stored here. Throws `InUse` if something of somebody already is. */
async function keepNothing(): Promise<void> {
  if (isInUse.value && !isShared.value) throw new InUse()
  doWithout()
  markShared(true)
  await clearTraces()
}

/**
 * Pairs with a code. `isOwnPlan`: what the person says of a plan that nobody has shown to be theirs; without a yes it
 * goes. Throws what the server said, `PlanUnanswered`, `InUse`, or `Unreachable`.
 */
export async function pairWith(code: string, shared = false, isOwnPlan?: boolean): Promise<api.Pairing> {
  if (!shared && mustAskWhosePlan.value && isOwnPlan === undefined) throw new PlanUnanswered()
  // The old session ends first: its mark must never end the new one.
  if (!(await sayFarewell())) throw new Unreachable()
  if (shared) await keepNothing()
  else await openOrDoWithout()
  const pairing = await api.pair(code, shared).catch((error: unknown) => {
    markShared(false)
    throw error
  })
  await becomePaired(pairing.citizen_id, isOwnPlan)
  if (!shared && navigator.storage?.persist) void navigator.storage.persist().catch(() => false)
  void refresh()
  return pairing
}

/** Forgets everything and shows the unpaired start. */
export async function leave(byServer: boolean): Promise<void> {
  openedVault().close()
  tell('forgotten')
  await wipe()
  // A slow network keeps nothing on the screen; the mark makes sure that the session ends all the same.
  await withPatience(sayFarewell(), FAREWELL_PATIENCE_MS)
  empty(byServer)
}

/** A phone often says that it has a network before that carries anything: it is tried again, less and less often. */
export async function comeBack(pauses: readonly number[] = AGAIN_MS): Promise<void> {
  await refresh()
  for (const pause of pauses) {
    if (reached.value) return
    await new Promise((done) => setTimeout(done, pause))
    await refresh()
  }
}

/** Keeps the phone up to date while the app is open. */
export function keepFresh(): void {
  const now = () => void refresh()
  addEventListener('online', () => void comeBack())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') now()
  })
  setInterval(now, INTERVAL_MS)
  listen((message) => {
    if (message === 'changed') void reload()
    else if (message === 'lock') void reopen()
    else empty(endedByServer.value)
  })
}
