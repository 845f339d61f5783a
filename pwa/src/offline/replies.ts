/** "Jeg kommer" and "Jeg kan ikke": kept on the phone first, sent when there is a way. */
import type { Answer, Appointment } from '../api/citizen.ts'
import { ApiProblem } from '../api/client.ts'
import type { Vault } from './vault.ts'

/** `waiting` sends by itself; `changed` and `refused` are shown until the person has seen them. */
export type ReplyStatus = 'waiting' | 'sent' | 'changed' | 'refused'

export interface QueuedReply {
  id: string
  appointment_id: string
  revision: number
  reply: Answer
  status: ReplyStatus
}

/** A random id; also where `crypto.randomUUID` is missing. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Send = (appointmentId: string, revision: number, reply: Answer) => Promise<Appointment>

/** Keeps the answer; a newer answer to the same appointment replaces an older one. */
export async function queueReply(vault: Vault, appointment: Appointment, reply: Answer): Promise<QueuedReply> {
  const queued: QueuedReply = {
    id: newId(),
    appointment_id: appointment.id,
    revision: appointment.revision,
    reply,
    status: 'waiting',
  }
  await vault.write([{ table: 'reply', key: appointment.id, value: queued }])
  return queued
}

/** Takes an answer out of the queue: it was not sent, or its outcome has been read. */
export async function dropReply(vault: Vault, appointmentId: string): Promise<void> {
  await vault.write([{ table: 'reply', key: appointmentId }])
}

export async function listReplies(vault: Vault): Promise<QueuedReply[]> {
  return (await vault.list<QueuedReply>('reply')).map((row) => row.value)
}

async function settle(vault: Vault, queued: QueuedReply, status: ReplyStatus, answer?: Appointment): Promise<void> {
  const current = await vault.get<QueuedReply>('reply', queued.appointment_id)
  const record = answer ? [{ table: 'record' as const, key: `appointment:${answer.id}`, value: answer }] : []
  // The person may have answered anew, or taken it back, while this one was on its way.
  const isCurrent = current?.id === queued.id
  const row = { table: 'reply' as const, key: queued.appointment_id, value: { ...queued, status } }
  await vault.write(isCurrent ? [...record, row] : record)
}

function outcomeOf(problem: ApiProblem): ReplyStatus | null {
  if (problem.status === 409) return 'changed'
  const comesBack = problem.status === 401 || problem.status === 429 || problem.status >= 500
  return comesBack ? null : 'refused'
}

/**
 * Sends what waits, oldest first. One bad answer does not hold up the rest.
 *
 * Throws `Unreachable`, or the `ApiProblem` of a refusal that may pass (401, 429, 5xx): those answers stay.
 */
export async function flushReplies(vault: Vault, send: Send): Promise<void> {
  for (const queued of await listReplies(vault)) {
    if (queued.status !== 'waiting') continue
    try {
      await settle(vault, queued, 'sent', await send(queued.appointment_id, queued.revision, queued.reply))
    } catch (error) {
      const status = error instanceof ApiProblem ? outcomeOf(error) : null
      if (status === null) throw error
      await settle(vault, queued, status)
    }
  }
}
