/** "Jeg kommer" and "Jeg kan ikke": kept on the phone first, sent when there is a way. */
import type { Answer, Appointment, Wish } from '../api/citizen.ts'
import { dropMutation, enqueue, isUnsent, type QueuedMutation, type QueueRow } from './mutations.ts'
import type { Change, Vault } from './vault.ts'

/**
 * `waiting` sends by itself; the last three are shown until the person has seen them.
 * `over`: it came after the start; a no is kept for whoever calls all the same.
 */
export type ReplyStatus = 'waiting' | 'sent' | 'changed' | 'over' | 'refused'

export interface QueuedReply {
  id: string
  appointment_id: string
  revision: number
  reply: Answer
  /** Only with `tentative`. */
  wishes?: Wish[]
  note?: string
  status: ReplyStatus
}

/** "Another time, please": up to two suggestions, and a line of the person's own. */
export interface OtherTime {
  wishes: Wish[]
  note?: string
}

/** Under these names the phone keeps the wish for buttons on the notice, and which time of an appointment was on the screen. */
export const ANSWER_ON_NOTICE = 'answer_on_notice'
export const seenName = (appointmentId: string) => `seen:${appointmentId}`

const isReplyTo = (appointmentId: string) => (row: QueueRow) =>
  row.value.entity === 'appointment' && row.value.entity_id === appointmentId

/** What the server says when the time is not any more what the person answered to. */
const CHANGED = ['appointment-changed', 'appointment-cancelled', 'appointment-closed']

function refusedFor(code: string | undefined): ReplyStatus {
  if (code === 'appointment-over') return 'over'
  return CHANGED.includes(code ?? '') ? 'changed' : 'refused'
}

function toReply(mutation: QueuedMutation, status: ReplyStatus): QueuedReply {
  const said = mutation.fields as Pick<QueuedReply, 'revision' | 'reply' | 'wishes' | 'note'>
  return { id: mutation.mutation_id, appointment_id: mutation.entity_id, ...said, status }
}

/** Keeps what became of an answer, with the answer of the server. */
export function toOutcome(mutation: QueuedMutation): Change[] {
  if (mutation.entity !== 'appointment') return []
  const reply = toReply(mutation, mutation.status === 'refused' ? refusedFor(mutation.code) : 'sent')
  return [{ table: 'reply', key: mutation.entity_id, value: reply }]
}

/** Keeps the answer; a newer answer to the same appointment replaces one that was not sent. */
export async function queueReply(
  vault: Vault,
  appointment: Pick<Appointment, 'id' | 'revision'>,
  reply: Answer,
  instead?: OtherTime,
): Promise<void> {
  const fields = { revision: appointment.revision, reply, ...(reply === 'tentative' && instead) }
  await enqueue(vault, (rows) => ({
    drafts: [{ entity: 'appointment', entity_id: appointment.id, op: 'reply', fields }],
    changes: rows.filter((row) => isReplyTo(appointment.id)(row) && isUnsent(row.value)).map(dropMutation),
  }))
}

/** Takes an answer out of the queue: it was not sent, or its outcome has been read. */
export async function dropReply(vault: Vault, appointmentId: string, read: readonly string[] = []): Promise<void> {
  await enqueue(vault, (rows) => ({
    drafts: read.map((id) => ({ entity: 'rejected_edit', entity_id: id, op: 'dismiss', fields: {} })),
    changes: [
      { table: 'reply', key: appointmentId },
      ...rows.filter((row) => isReplyTo(appointmentId)(row) && row.value.status !== 'answered').map(dropMutation),
    ],
  }))
}

/** The last answer to each appointment: one that waits goes before what became of an earlier one. */
export function repliesOf(outcomes: readonly QueuedReply[], queue: readonly QueuedMutation[]): QueuedReply[] {
  const waiting = queue.filter((each) => each.entity === 'appointment' && each.status === 'waiting')
  const byAppointment = new Map(outcomes.map((each) => [each.appointment_id, each]))
  for (const mutation of waiting) byAppointment.set(mutation.entity_id, toReply(mutation, 'waiting'))
  return [...byAppointment.values()]
}

export async function listOutcomes(vault: Vault): Promise<QueuedReply[]> {
  return (await vault.list<QueuedReply>('reply')).map((row) => row.value)
}
