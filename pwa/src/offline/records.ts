import type { Appointment, CarePlan, Goal, GoalEvent, GoalStep, Profile, PulledPage } from '../api/citizen.ts'
import type { CheckIn, UsedDay } from '../api/checkins.ts'
import type { CrisisContact } from '../api/crisisLine.ts'
import type { Message } from '../api/messages.ts'
import type { Plan, PlanLine, RejectedEdit, Sharing } from '../api/plan.ts'
import { forgetDrafts, forgetWords, isErasable, isErase, isLater, tombstoneOf } from './erasure.ts'
import { dropMutation, listMutations, type QueueRow } from './mutations.ts'
import { wordsOf } from './overlay.ts'
import type { Amendment, Change, Vault } from './vault.ts'

/** Everything the server has told this phone. */
export interface Records {
  profile: Profile | null
  appointments: Appointment[]
  goals: Goal[]
  steps: GoalStep[]
  events: GoalEvent[]
  /** What was agreed about the effort; null where nothing was written. */
  care: CarePlan | null
  checkins: CheckIn[]
  messages: Message[]
  days: UsedDay[]
  contacts: CrisisContact[]
  lines: PlanLine[]
  plan: Plan | null
  sharing: Sharing[]
  rejected: RejectedEdit[]
  /** What only rooms read that come as files of their own, by entity: each room knows its shape and applies what waits. */
  later: Record<string, unknown[]>
}

export const NO_RECORDS: Records = {
  profile: null,
  appointments: [],
  goals: [],
  steps: [],
  events: [],
  care: null,
  checkins: [],
  messages: [],
  days: [],
  contacts: [],
  lines: [],
  plan: null,
  sharing: [],
  rejected: [],
  later: {},
}

interface Pulled {
  cursor: string
  /** False while a first or renewed load is only half here. */
  complete: boolean
}

type PulledChange = PulledPage['changes'][number]

/** What this phone takes in, and where it stands; anything else is left to a newer app. */
const PLACES: Record<string, (records: Records, value: unknown) => void> = {
  profile: (records, value) => (records.profile = value as Profile),
  appointment: (records, value) => records.appointments.push(value as Appointment),
  goal: (records, value) => records.goals.push(value as Goal),
  goal_step: (records, value) => records.steps.push(value as GoalStep),
  goal_event: (records, value) => records.events.push(value as GoalEvent),
  care_plan: (records, value) => (records.care = value as CarePlan),
  message: (records, value) => records.messages.push(value as Message),
  checkin: (records, value) => records.checkins.push(value as CheckIn),
  used_day: (records, value) => records.days.push(value as UsedDay),
  crisis_contact: (records, value) => records.contacts.push(value as CrisisContact),
  plan_line: (records, value) => records.lines.push(value as PlanLine),
  plan: (records, value) => (records.plan = value as Plan),
  sharing: (records, value) => records.sharing.push(value as Sharing),
  rejected_edit: (records, value) => records.rejected.push(value as RejectedEdit),
}

/** Keeps a row where it stands: in a place of its own, or with what the first page has no use for. */
function place(records: Records, key: string, value: unknown): void {
  const entity = key.slice(0, key.indexOf(':'))
  if (isLater(entity)) (records.later[entity] ??= []).push(value)
  else PLACES[entity]?.(records, value)
}

function toChange(change: PulledChange): Change {
  const row = { table: 'record' as const, key: `${change.entity}:${change.id}` }
  return change.op === 'forget' || change.data === null ? row : { ...row, value: change.data }
}

function isAbout({ entity, data }: PulledChange, erased: ReadonlySet<string>): boolean {
  return entity === 'rejected_edit' && erased.has((data as RejectedEdit | null)?.entity_id ?? '')
}

/** Deleted for good, here or on another phone of the same person. */
function isTombstone({ entity, data }: PulledChange): boolean {
  return isErasable(entity) && (data as { erased?: boolean } | null)?.erased === true
}

function withoutWords(change: PulledChange, erased: ReadonlySet<string>): PulledChange {
  const { entity, id, op } = change
  const isLeft = op === 'put' && isErasable(entity) && erased.has(id) && !isTombstone(change)
  return isLeft ? { ...change, data: tombstoneOf(entity, id) } : change
}

/** Choices and answers without words whose refusal is told on their own page, until the person has seen it. */
const TOLD_UNTIL_SEEN = /^(enrollment|measure_result|measure_call)$/

/** Words that came back as a refused edit, or that were never there, need not be kept here as well. */
function isSettled({ value }: QueueRow): boolean {
  if (value.status === 'answered' || value.rejected_id !== undefined) return true
  return wordsOf(value.fields).length === 0 && !TOLD_UNTIL_SEEN.test(value.entity)
}

/** Answered changes whose effect is in this page: they need not be applied on top of it any more. */
function settledBy(page: PulledPage, rows: readonly QueueRow[], answered: ReadonlySet<string>): QueueRow[] {
  const told = new Set(page.changes.map((change) => `${change.entity}:${change.id}`))
  const isTold = ({ value }: QueueRow) => !page.more || told.has(`${value.entity}:${value.entity_id}`)
  return rows.filter((row) => answered.has(row.value.mutation_id) && isTold(row) && isSettled(row))
}

/**
 * Stores one page of changes and its cursor in one transaction.
 *
 * `answered` names the changes that the server had answered before the page was asked for.
 */
export function applyPage(vault: Vault, page: PulledPage, answered: ReadonlySet<string> = new Set()): Promise<void> {
  return vault.amend(async (): Promise<Amendment<void>> => {
    const rows = await listMutations(vault)
    // The page may have been written before the server knew of it: no word of it comes back here.
    const erased = new Set(rows.filter((row) => isErase(row.value)).map((row) => row.value.entity_id))
    const known = page.changes.filter((change) => change.entity in PLACES || isLater(change.entity))
    const kept = known.filter((change) => !isAbout(change, erased)).map((change) => toChange(withoutWords(change, erased)))
    const pulled: Pulled = { cursor: page.cursor, complete: !page.more }
    const gone = new Set(settledBy(page, rows, answered).map((row) => row.key))
    const tombstones = page.changes.filter(isTombstone)
    const drafts = await forgetDrafts(vault, new Set(tombstones.map(({ id }) => id)))
    const forgotten = [...tombstones.flatMap(({ entity, id }) => forgetWords(entity, id, rows)), ...drafts]
    const dropped = rows.filter((row) => gone.has(row.key)).map(dropMutation)
    const changes = [...kept, { table: 'state' as const, key: 'pulled', value: pulled }, ...forgotten, ...dropped]
    return { changes, clear: page.reset ? ['record'] : [], result: undefined }
  })
}

/** Where the next pull goes on; none if something on the phone could not be opened. */
export async function nextCursor(vault: Vault): Promise<string | undefined> {
  const pulled = await vault.get<Pulled>('state', 'pulled')
  return vault.damaged() > 0 ? undefined : pulled?.cursor
}

/** Reads what the phone has, appointments in the order they happen. */
export async function readRecords(vault: Vault): Promise<Records> {
  const records: Records = { ...NO_RECORDS, appointments: [], goals: [], steps: [], events: [], checkins: [], messages: [], days: [], contacts: [], lines: [], sharing: [], rejected: [], later: {} }
  for (const { key, value } of await vault.list<unknown>('record')) {
    place(records, key, value)
  }
  records.appointments.sort((a, b) => a.starts_at.localeCompare(b.starts_at) || a.id.localeCompare(b.id))
  records.goals.sort((a, b) => a.id.localeCompare(b.id))
  return records
}

/** Whether a whole load has arrived at least once. */
export async function isComplete(vault: Vault): Promise<boolean> {
  return (await vault.get<Pulled>('state', 'pulled'))?.complete ?? false
}
