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

/** What is still missing, in words at the field. */
export function checkSaid(said: Said, now: Date, text: MissedText): Messages {
  const wrong: Messages = {}
  if (!said.outcome) wrong['outcome'] = text.wrong.outcome
  if (said.outcome === 'agreed' && !said.appointment_id) wrong['appointment_id'] = text.wrong.appointment_id
  const isInTime = said.next_on >= dayFromNow(0, now) && said.next_on <= dayFromNow(LATEST_DAYS, now)
  if (said.outcome === 'call-later' && !isInTime) wrong['next_on'] = text.wrong.next_on
  if (said.outcome === 'closed' && !said.reason) wrong['reason'] = text.wrong.reason
  if (said.outcome === 'closed' && said.reason === 'other' && !said.note.trim()) wrong['note'] = text.wrong.note
  if (said.note.length > LONGEST_NOTE) wrong['note'] = text.wrong.noteLong
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

/** Those to be called by today, and those on the days to come; the order is kept. */
export function byDay(rows: readonly MissedRow[], now: Date): { due: MissedRow[]; later: MissedRow[] } {
  const today = dayFromNow(0, now)
  return { due: rows.filter((row) => row.due_on <= today), later: rows.filter((row) => row.due_on > today) }
}
