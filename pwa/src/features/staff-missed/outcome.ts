import type { CallOutcome, ClosedReason, MissedRow, SaidOutcome } from '../../api/staffMissed'
import type { MissedText } from '../../text/missed'
import type { Messages } from '../../ui/form'
import { copenhagenWall } from '../../ui/copenhagen'

/** What is typed about a call; a type, because a form's values are an open record. */
export type Said = {
  outcome: string
  appointment_id: string
  next_on: string
  reason: string
  note: string
}

export const LATEST_DAYS = 90
export const LONGEST_NOTE = 500
const DAY = 86_400_000

/** Today on Danish calendars, and so many days later. */
export function dayFromNow(days: number, now: Date): string {
  const today = Date.parse(`${copenhagenWall(now).date}T00:00:00Z`)
  return new Date(today + days * DAY).toISOString().slice(0, 10)
}

/** What is still missing, in words at the field; `latest`: the last day on which another call makes sense. */
export function checkSaid(said: Said, now: Date, words: MissedText['wrong'], latest = dayFromNow(LATEST_DAYS, now)): Messages {
  const wrong: Messages = {}
  if (!said.outcome) wrong['outcome'] = words.outcome
  if (said.outcome === 'agreed' && !said.appointment_id) wrong['appointment_id'] = words.appointment_id
  const isInTime = said.next_on >= dayFromNow(0, now) && said.next_on <= latest
  if (said.outcome === 'call-later' && !isInTime) wrong['next_on'] = words.next_on
  if (said.outcome === 'closed' && !said.reason) wrong['reason'] = words.reason
  if (said.outcome === 'closed' && said.reason === 'other' && !said.note.trim()) wrong['note'] = words.note
  if (said.note.length > LONGEST_NOTE) wrong['note'] = words.noteLong
  return wrong
}

/** What goes over the wire: only what belongs to the outcome. */
export function toOutcome(said: Said): SaidOutcome {
  const outcome = said.outcome as CallOutcome
  const note = said.note.trim()
  return {
    outcome,
    ...(outcome === 'agreed' && { appointment_id: said.appointment_id }),
    ...(outcome === 'call-later' && { next_on: said.next_on }),
    ...(outcome === 'closed' && { reason: said.reason as ClosedReason }),
    ...(note && { note }),
  }
}

/** The day on which an appointment begins, on Danish calendars. */
export function dayOf(startsAt: string): string {
  return copenhagenWall(new Date(startsAt)).date
}

/** Those to be called by today, and those on the days to come; the order is kept. */
export function byDay(rows: readonly MissedRow[], now: Date): { due: MissedRow[]; later: MissedRow[] } {
  const today = dayFromNow(0, now)
  return { due: rows.filter((row) => row.due_on <= today), later: rows.filter((row) => row.due_on > today) }
}
