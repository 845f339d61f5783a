/** Check-ins and days with what waits applied on top. */
import type { CheckIn, UsedDay } from '../api/checkins.ts'
import type { QueuedMutation } from './mutations.ts'

export function goneCheckIn(id: string): CheckIn {
  return { id, at: null, mood: null, urge: null, line: null, goal_id: null, sharing: 'private', offered_seq: null, erased: true }
}

/** What was written stays as it was written, until its owner deletes it for good. */
export function applyToCheckIn(entry: CheckIn | undefined, { entity_id: id, op, fields }: QueuedMutation): CheckIn | undefined {
  if (entry?.erased || op === 'erase') return goneCheckIn(id)
  return entry ?? { ...goneCheckIn(id), ...(fields as Partial<CheckIn>), erased: false }
}

/** The newest word about a day counts; what waits comes after whatever the server told. */
export function applyToDay(_day: UsedDay | undefined, { entity_id: id, fields }: QueuedMutation): UsedDay {
  return { ...(fields as unknown as UsedDay), id, offered_seq: null, seq: Infinity }
}
