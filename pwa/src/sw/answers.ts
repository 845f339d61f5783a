/**
 * "Jeg kommer" and "Jeg kan ikke" on the notice itself, for a person who asked for it.
 *
 * Nobody confirms an unseen time: the buttons stand there only where the person has had this very time of the
 * appointment on the screen. With a code on the app the worker can read none of that, so then there are no buttons.
 */
import type { Answer, Appointment } from '../api/citizen.ts'
import { listMutations } from '../offline/mutations.ts'
import { ANSWER_ON_NOTICE, listOutcomes, queueReply, repliesOf, seenName } from '../offline/replies.ts'
import type { Vault } from '../offline/vault.ts'
import type { ShownNotice } from './message.ts'

export type Given = Extract<Answer, 'accepted' | 'declined'>

export const isGiven = (action: string): action is Given => action === 'accepted' || action === 'declined'

function occurrenceOf(path: string): string | null {
  return /^\/r\/([0-9a-f-]{36})$/i.exec(path)?.[1] ?? null
}

/** The appointment that may be answered from this notice, if any. */
export async function answerable(vault: Vault, notice: Pick<ShownNotice, 'path' | 'revision'>, now: number): Promise<Appointment | null> {
  const occurrence = occurrenceOf(notice.path)
  if (!occurrence || (await vault.get<boolean>('state', ANSWER_ON_NOTICE)) !== true) return null
  const rows = await vault.list<Appointment>('record')
  const found = rows.find(({ key, value }) => key.startsWith('appointment:') && value.occurrence_ids.includes(occurrence))?.value
  if (!found || found.status !== 'booked' || found.reply !== 'needs-action') return null
  const isThisTime = found.revision === notice.revision && Date.parse(found.starts_at) > now
  const seen = await vault.get<number>('state', seenName(found.id))
  return isThisTime && seen === found.revision ? found : null
}

/** Keeps the answer on the phone, and says for which appointment. Null: it cannot be given from here any more. */
export async function keepAnswer(
  vault: Vault,
  notice: Pick<ShownNotice, 'path' | 'revision'>,
  answer: Given,
  now = Date.now(),
): Promise<string | null> {
  const appointment = await answerable(vault, notice, now)
  if (appointment) await queueReply(vault, appointment, answer)
  return appointment?.id ?? null
}

/** Whether the answer waits, or was taken and stands; not when the server refused it or something else holds by now. */
export async function holds(vault: Vault, appointmentId: string, answer: Given): Promise<boolean> {
  const known = repliesOf(await listOutcomes(vault), (await listMutations(vault)).map((row) => row.value))
  const last = known.find((each) => each.appointment_id === appointmentId)
  if (last?.reply !== answer) return false
  if (last.status !== 'sent') return last.status === 'waiting'
  const found = await vault.get<Appointment>('record', `appointment:${appointmentId}`)
  // "Needs action" is what stood here before: the answer was taken, and nothing newer has been fetched yet.
  return found?.status === 'booked' && (found.reply === answer || found.reply === 'needs-action')
}
