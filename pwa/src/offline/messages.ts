/** Messages with what waits applied on top. */
import type { Message } from '../api/messages.ts'
import type { QueuedMutation } from './mutations.ts'

export function goneMessage(id: string): Message {
  const nothing = { name: null, text: null, withdrawn: false, occurrence_ids: [] }
  return { id, at: '', order: 0, by: 'citizen', ...nothing, erased: true }
}

/** What was written stays as it was written, until its owner deletes it for good; what waits stands last. */
export function applyToMessage(message: Message | undefined, mutation: QueuedMutation): Message | undefined {
  const { entity_id: id, op, fields, device_at: at } = mutation
  if (message?.erased || op === 'erase') return goneMessage(id)
  return message ?? { ...goneMessage(id), at, order: Infinity, text: fields['text'] as string, erased: false }
}
