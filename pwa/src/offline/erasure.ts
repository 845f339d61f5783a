/** "Slet helt": the words of a line go at once, everywhere on this phone; only that it is gone stays. */
import type { PlanLine, RejectedEdit } from '../api/plan.ts'
import { dropMutation, keepMutation, type QueuedMutation, type QueueRow } from './mutations.ts'
import { tombstone } from './plan.ts'
import type { Change, Vault } from './vault.ts'

export function isErase(mutation: QueuedMutation): boolean {
  return mutation.entity === 'plan_line' && mutation.op === 'erase'
}

/** A change that was tried keeps its id and its number, without a word in it: then no gap arises. */
export function withoutWords(mutation: QueuedMutation): QueuedMutation {
  return { ...mutation, op: 'erase', fields: {}, made: {} }
}

/** Takes a line's words out of the queue. */
export function forgetWords(lineId: string, rows: readonly QueueRow[]): Change[] {
  const own = rows.filter(({ value }) => value.entity === 'plan_line' && value.entity_id === lineId && !isErase(value))
  const isTried = ({ value }: QueueRow) => value.tried && value.status !== 'refused'
  return own.map((row) => (isTried(row) ? keepMutation({ ...row, value: withoutWords(row.value) }) : dropMutation(row)))
}

/** Takes a line's words out of the queue and puts a tombstone in its place. */
export function forgetLine(lineId: string, rows: readonly QueueRow[]): Change[] {
  const gone: PlanLine = tombstone(lineId)
  return [{ table: 'record', key: `plan_line:${lineId}`, value: gone }, ...forgetWords(lineId, rows)]
}

/** Refused edits of the line, as the server told of them. */
export async function forgetRefused(vault: Vault, lineId: string): Promise<Change[]> {
  const rows = await vault.list<RejectedEdit>('record')
  const about = rows.filter(({ key, value }) => key.startsWith('rejected_edit:') && value.entity_id === lineId)
  return about.map(({ key }) => ({ table: 'record', key }))
}
