/** Messages with the contact person, written on the phone first. Whether one was read is known to nobody. */
import { computed } from '@preact/signals'
import type { Message } from '../api/messages.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { newId } from './identifiers.ts'
import { change, choices, choose, queue, records } from './phone.ts'

export type { Message }

/** The newest first, without what was deleted. */
export const messages = computed<readonly Message[]>(() =>
  records.value.messages.filter((each) => !each.erased).sort((a, b) => (a.order === b.order ? b.id.localeCompare(a.id) : b.order - a.order)),
)

/** Those that nobody but this phone has. */
export const waitingMessages = computed(
  () => new Set(queue.value.filter((each) => each.entity === 'message' && each.status === 'waiting').map((each) => each.entity_id)),
)

/** Writes a message; it is sent when there is a network. False: the phone would not store it. */
export function sendMessage(text: string): Promise<boolean> {
  return change(() => ({ drafts: [{ entity: 'message', entity_id: newId(), op: 'put', fields: { text } }] }))
}

/** Takes an own message away for good, here and everywhere else. */
export function eraseMessage(id: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'message', entity_id: id, op: 'erase', fields: {} }],
    changes: [...forgetAll('message', id, rows), ...(await forgetRefused(vault, id))],
  }))
}

const SEEN = 'messages_seen'

/** What is on the screen is not new any more; it never leaves this phone. */
export function markSeen(): void {
  const newest = Math.max(0, ...records.value.messages.filter((each) => each.by === 'staff').map((each) => each.order))
  if (newest > ((choices.peek()[SEEN] as number | undefined) ?? 0)) void choose(SEEN, newest)
}
