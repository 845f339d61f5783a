/** "Slet helt": the words of a thing go at once, everywhere on this phone; only that it is gone stays. */
import type { RejectedEdit } from '../api/plan.ts'
import { goneCheckIn } from './checkins.ts'
import { goneEvent, goneStep } from './goals.ts'
import { goneMessage } from './messages.ts'
import { dropMutation, keepMutation, type QueuedMutation, type QueueRow } from './mutations.ts'
import { tombstone } from './plan.ts'
import type { Change, Vault } from './vault.ts'

/** Own words that their owner can delete for good, and what stays of them. */
const GONE = { plan_line: tombstone, goal_step: goneStep, goal_event: goneEvent, checkin: goneCheckIn, message: goneMessage }

type Known = keyof typeof GONE
type Erasable = Known | `${'exercise' | 'measure' | 'course'}_${string}`

/** Exercises, questionnaires and courses: their rooms come as files of their own, and know what the rows mean. */
export function isLater(entity: string): boolean {
  return /^(exercise|measure|course)_/.test(entity)
}

export function isErasable(entity: string): entity is Erasable {
  return entity in GONE || isLater(entity)
}

export function tombstoneOf(entity: Erasable, id: string): unknown {
  return entity in GONE ? GONE[entity as Known](id) : { id, erased: true }
}

export function isErase(mutation: QueuedMutation): boolean {
  return isErasable(mutation.entity) && mutation.op === 'erase'
}

/** A change that was tried keeps its id and its number, without a word in it: then no gap arises. */
export function withoutWords(mutation: QueuedMutation): QueuedMutation {
  return { ...mutation, op: 'erase', fields: {}, made: {} }
}

/** Takes the words of a thing out of the queue. */
export function forgetWords(entity: string, id: string, rows: readonly QueueRow[]): Change[] {
  const own = rows.filter(({ value }) => value.entity === entity && value.entity_id === id && !isErase(value))
  const isTried = ({ value }: QueueRow) => value.tried && value.status !== 'refused'
  return own.map((row) => (isTried(row) ? keepMutation({ ...row, value: withoutWords(row.value) }) : dropMutation(row)))
}

/** Takes the words of a thing out of the queue and puts a tombstone in its place. */
export function forgetAll(entity: Erasable, id: string, rows: readonly QueueRow[]): Change[] {
  return [{ table: 'record', key: `${entity}:${id}`, value: tombstoneOf(entity, id) }, ...forgetWords(entity, id, rows)]
}

/** What was typed for these things and not saved; the name of such a draft ends with the thing's id. */
export async function forgetDrafts(vault: Vault, ids: ReadonlySet<string>): Promise<Change[]> {
  const rows = ids.size === 0 ? [] : await vault.list<unknown>('state')
  const isAbout = (key: string) => key.startsWith('draft:') && ids.has(key.slice(key.lastIndexOf(':') + 1))
  return rows.filter(({ key }) => isAbout(key)).map(({ key }) => ({ table: 'state', key }))
}

/** Refused edits of the thing, as the server told of them. */
export async function forgetRefused(vault: Vault, id: string): Promise<Change[]> {
  const rows = await vault.list<RejectedEdit>('record')
  const about = rows.filter(({ key, value }) => key.startsWith('rejected_edit:') && value.entity_id === id)
  return about.map(({ key }) => ({ table: 'record', key }))
}
