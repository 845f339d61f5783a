/** What the person changed on this phone and no server has answered yet: one queue for everything. */
import { newId, versionId } from './identifiers.ts'
import type { Amendment, Change, Vault } from './vault.ts'

export type Entity =
  | 'plan_line'
  | 'plan'
  | 'appointment'
  | 'goal'
  | 'goal_step'
  | 'goal_event'
  | 'checkin'
  | 'message'
  | 'used_day'
  | 'exercise_answer'
  | 'measure_plan'
  | 'measure_result'
  | 'measure_call'
  | 'course_feedback'
  | 'enrollment'
  | 'reminder_settings'
  | 'rejected_edit'

export interface Written {
  value: string | null
  parents: string[]
}

/** One change as it goes over the wire, without its number. */
export interface Mutation {
  mutation_id: string
  entity: Entity
  entity_id: string
  op: 'put' | 'delete' | 'erase' | 'review' | 'reply' | 'dismiss' | 'decline' | 'leave'
  fields: Record<string, unknown>
  schema_version: 1
  /** For people to read; nothing is decided by it. */
  device_at: string
}

/**
 * `waiting`: no server has answered. `answered`: it holds on the server, and stays applied here until a pull
 * that began after the answer has been kept. `refused`: likewise, but not applied; its words stay in sight.
 */
export type MutationStatus = 'waiting' | 'answered' | 'refused'

export interface QueuedMutation extends Mutation {
  /** Given when it is first sent, by the one tab that talks to the server. */
  client_seq: number | null
  /** It was sent at least once: the server may know it, whether or not an answer came. */
  tried: boolean
  /** The ids of the versions it makes. */
  made: { text?: string; phone?: string }
  status: MutationStatus
  /** Why it was refused, in the server's own word. */
  code?: string
  /** Under which id its words come back. */
  rejected_id?: string
}

export type Draft = Pick<Mutation, 'entity' | 'entity_id' | 'op' | 'fields'>

export interface QueueRow {
  key: string
  value: QueuedMutation
}

interface Client {
  client_id: string
  next_seq: number
  next_place: number
}

const PLACE_DIGITS = 12

/** Rows sort by the place they were given. */
export function placeKey(place: number): string {
  return String(place).padStart(PLACE_DIGITS, '0')
}

/** In the order in which the person made them. */
export async function listMutations(vault: Vault): Promise<QueueRow[]> {
  const rows = await vault.list<QueuedMutation>('mutation')
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The first place behind everything that has one. */
function placeAfter(rows: readonly Pick<QueueRow, 'key'>[]): number {
  return Math.max(0, ...rows.map((row) => Number(row.key))) + 1
}

/** A client that no server knows, on a phone where these rows lie already. */
export function newClient(rows: readonly Pick<QueueRow, 'key'>[]): Client {
  return { client_id: newId(), next_seq: 1, next_place: placeAfter(rows) }
}

/** Under which name and numbers the phone sends. `rows`: all of the queue, for no place is ever given twice. */
export async function getClient(vault: Vault, rows: readonly QueueRow[]): Promise<Client> {
  const known = await vault.get<Client>('state', 'client')
  return known ? { ...known, next_place: Math.max(known.next_place, placeAfter(rows)) } : newClient(rows)
}

export function keepClient(client: Client): Change {
  return { table: 'state', key: 'client', value: client }
}

export function keepMutation(row: QueueRow): Change {
  return { table: 'mutation', key: row.key, value: row.value }
}

export function dropMutation(row: QueueRow): Change {
  return { table: 'mutation', key: row.key }
}

/** Not sent yet, so it can still be changed or taken back without anybody having seen it. */
export function isUnsent(mutation: QueuedMutation): boolean {
  return mutation.status === 'waiting' && !mutation.tried
}

export async function toMutation(draft: Draft): Promise<QueuedMutation> {
  const mutation_id = newId()
  const made: QueuedMutation['made'] = {}
  for (const field of ['text', 'phone'] as const) {
    if (draft.entity === 'plan_line' && field in draft.fields) made[field] = await versionId(mutation_id, field)
  }
  const device_at = new Date().toISOString()
  return { ...draft, mutation_id, schema_version: 1, device_at, client_seq: null, tried: false, made, status: 'waiting' }
}

/** What a decision about the queue sees, and what it may ask for. */
export interface Decision {
  drafts: readonly Draft[]
  /** Other rows that change with it: all are written, or none. */
  changes?: readonly Change[]
}

/** Decides on what is in the queue now, and keeps the change and its place in the queue as one. */
export function enqueue(vault: Vault, decide: (rows: QueueRow[]) => Promise<Decision> | Decision): Promise<QueuedMutation[]> {
  return vault.amend(async (): Promise<Amendment<QueuedMutation[]>> => {
    const before = await listMutations(vault)
    const { drafts, changes = [] } = await decide(before)
    if (drafts.length === 0) return { changes, result: [] }
    const client = await getClient(vault, before)
    const made = await Promise.all(drafts.map(toMutation))
    const rows = made.map((value, step) => ({ key: placeKey(client.next_place + step), value }))
    const counted = keepClient({ ...client, next_place: client.next_place + rows.length })
    return { changes: [...changes, ...rows.map(keepMutation), counted], result: made }
  })
}

/** A phone that pairs is a new client: whatever waits is numbered anew. */
export async function renewClient(vault: Vault): Promise<Change[]> {
  const rows = await listMutations(vault)
  const client = await getClient(vault, rows)
  const numbered = rows.filter((row) => row.value.status === 'waiting' && row.value.client_seq !== null)
  const unnumbered = numbered.map((row) => keepMutation({ ...row, value: { ...row.value, client_seq: null } }))
  return [...unnumbered, keepClient({ ...client, client_id: newId(), next_seq: 1 })]
}
