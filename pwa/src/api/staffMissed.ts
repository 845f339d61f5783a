/** Whom to call about a missed talk or a reminder that reached nobody, and what came of the calls. */
import { call, list } from './staff'
import type { AppointmentKind, Wish } from './staffTypes'

export { getCitizen, listAppointments, written } from './staff'

export type CallOutcome = 'agreed' | 'call-later' | 'closed'
export type ClosedReason = 'not-reached' | 'no-wish' | 'other-help' | 'came-since' | 'other'

export interface Call {
  outcome: CallOutcome
  reason: ClosedReason | null
  next_on: string | null
  note: string | null
  by: string
  at: string
}

export interface MissedTalk {
  id: string
  starts_at: string
  kind: AppointmentKind | null
  excused: boolean
  /** The person asks for another time; when, and what else was written, only for who works with the person. */
  asks_again: boolean
  wishes: Wish[]
  wish_note: string | null
  /** When a "no" came after the start; only for who works with the person. */
  late_no_at: string | null
  staff_name: string
}

/** Somebody to be called, whatever it is about. */
export interface CallRow {
  /** The task's id. */
  id: string
  version: number
  citizen_id: string
  citizen_alias: string
  /** Whether the reader works with the person; a manager only sees that somebody has to. */
  mine: boolean
  owner: { id: string; name: string } | null
  due_on: string
  tries: number
  calls: Call[]
}

export interface MissedRow extends CallRow {
  /** What it was for is not told to who does not work with the person. */
  talk: MissedTalk
  waiting_days: number
  last_outcome: CallOutcome | null
  messaged: boolean
  reachable: boolean
  /** How a message would go where no phone is reachable. */
  other_way: 'sms' | 'email' | null
  next_appointment: { id: string; starts_at: string } | null
}

/** Somebody whom no reminder of the appointment ahead has told. */
export interface UnreachedRow extends CallRow {
  appointment: { id: string; starts_at: string; kind: AppointmentKind | null; staff_name: string }
}

/** Somebody who let us know that it became hard. */
export interface CloserRow extends CallRow {
  goal: { id: string; title: string } | null
  wants_talk: boolean | null
  since: string
}

/** Somebody who asked to be called. */
export interface WishRow extends CallRow {
  /** Only where the person shares those very answers. */
  answered: { code: string; score: number } | null
  since: string
}

export interface SaidOutcome {
  outcome: CallOutcome
  appointment_id?: string
  next_on?: string
  reason?: ClosedReason
  note?: string
}

type Seen = Pick<CallRow, 'id' | 'version'>

const one = encodeURIComponent

export const listMissed = (): Promise<MissedRow[]> => list('/staff/missed-talks')

export const listCloser = (): Promise<CloserRow[]> => list('/staff/closer-contacts')

export const listWishes = (): Promise<WishRow[]> => list('/staff/call-wishes')

export const listUnreached = (): Promise<UnreachedRow[]> => list('/staff/unreached-reminders')

/** Shows the others that I am the one who calls. */
export function takeTask(task: Seen): Promise<unknown> {
  return call(`/staff/tasks/${one(task.id)}/owner`, { method: 'POST', version: task.version })
}

export function recordOutcome(task: Seen, said: SaidOutcome): Promise<unknown> {
  return call(`/staff/tasks/${one(task.id)}/outcome`, { method: 'POST', version: task.version, body: said })
}

/** Sends the person the one neutral message that may be sent about a missed talk. */
export function sendMissedYou(task: Seen): Promise<MissedRow> {
  return call(`/staff/missed-talks/${one(task.id)}/message`, { method: 'POST', version: task.version })
}
