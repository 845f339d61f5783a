/** The crisis line as the citizen meets it: the own code, and what was written down about a contact. */
import { request } from './client.ts'

export interface DeskCode {
  code: string
  made_at: string
}

/** What was agreed about being called; without `may_ring` nothing else is kept. */
export interface CallBack {
  may_ring: boolean
  phone: string | null
  when: string | null
  voicemail: 'never' | 'ok'
  code_word: string | null
}

/** Everything that is kept of one contact, as the crisis line's staff see it. */
export interface KeptContact {
  opened_at: string
  unit_name: string
  channel: string
  reason: string[]
  given: string[]
  referral: string[]
  outcome: string | null
  duration_minutes: number | null
  gender: string
  note: string | null
  safety_before: number | null
  safety_after: number | null
  callback: CallBack
  wants_follow_up_14d: boolean
  wants_call_72h: boolean
}

/** A contact that the person wants to have in the app (entity `crisis_contact`). */
export interface CrisisContact {
  id: string
  opened_at: string
  closed_at: string | null
  unit_name: string
  channel: string
  given: string[]
  referral: string[]
  outcome: string | null
  goal_id: string | null
  wants_follow_up_14d: boolean
  wants_call_72h: boolean
  /** A contact that an older server sent has none. */
  follow_ups?: PromisedCall[]
}

/** A call that was agreed, its day, and what came of it. */
export interface PromisedCall {
  kind: 'call-72h' | 'after-14-days'
  due_on: string
  result: 'done' | 'not-reached' | 'declined' | null
}

export const replaceDeskCode = () => request<DeskCode>('/citizen/desk-code', { method: 'POST' })
// A code never stands in an address: whoever reads it there could read what it opens.
export const lookUpContact = (code: string) =>
  request<{ contact: KeptContact }>('/public/contact-lookups', { method: 'POST', body: { code } })
export const eraseContact = (code: string) => request<void>('/public/contact-erasures', { method: 'POST', body: { code } })
export const previewClaim = (code: string) =>
  request<{ contact: KeptContact }>('/citizen/contact-claims', { method: 'POST', body: { code } })
/** Lets the crisis line see what a goal is called, or no longer. */
export const shareGoalTitle = (goalId: string, given: boolean) =>
  request<void>(`/citizen/goals/${encodeURIComponent(goalId)}/desk-sharing`, { method: 'PUT', body: { given } })
/** Takes a contact out of the app, on every phone; the crisis line keeps its own. */
export const hideContact = (id: string) => request<void>(`/citizen/crisis-contacts/${encodeURIComponent(id)}/hide`, { method: 'POST' })
export const confirmClaim = (code: string) =>
  request<{ id: string }>('/citizen/contact-claims/confirmation', { method: 'POST', body: { code } })
