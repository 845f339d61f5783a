/** The crisis line's desk: search, contacts, the plan during a contact, and the claim code. */
import { call, list } from './staff'
import type { SharedPlan } from './staffTypes'

export type SearchKind = 'phone' | 'cpr' | 'code' | 'alias'
export type DeskChannel = 'phone' | 'at-the-door' | 'outreach' | 'night-visit'
export type Gender = 'woman' | 'man' | 'other' | 'not-registered'

export interface Found {
  citizen_id: string
  alias: string
  /** The person has said yes to the crisis line reading the plan. */
  sharing: boolean
  /** A contact that is open with this person already. */
  contact_open: string | null
}

export interface SearchAnswer {
  /** Nobody, or nobody whom the desk may see: the same answer. */
  found: Found | null
  /** More than one has that alias: another way of finding the person is needed. */
  ambiguous: boolean
}

/** May we ring, and how: asked before any call back. */
export interface Callback {
  may_ring: boolean
  phone: string | null
  when: string | null
  voicemail: 'never' | 'ok'
  code_word: string | null
}

/** What can be written about a contact; each part may come alone. */
export interface ContactFields {
  channel: DeskChannel
  reason: string[]
  given: string[]
  outcome: string | null
  referral: string[]
  duration_minutes: number | null
  gender: Gender
  note: string | null
  safety_before: number | null
  safety_after: number | null
  goal_id: string | null
  callback: Callback
  wants_follow_up_14d: boolean
  wants_call_72h: boolean
  wants_shown_in_app: boolean
}

/** A contact in a list: no note, no number. */
export interface ContactCard {
  id: string
  version: number
  /** The desk found the person, or the person claimed it; who it is stands here only while it is open. */
  known: boolean
  citizen_id: string | null
  citizen_alias: string | null
  mine: boolean
  opened_by_name: string
  channel: DeskChannel
  opened_by: SearchKind | null
  opened_at: string
  received_at: string
  closed_at: string | null
  reason: string[]
  given: string[]
  referral: string[]
  outcome: string | null
  duration_minutes: number | null
  gender: Gender
  wants_follow_up_14d: boolean
  wants_call_72h: boolean
  wants_shown_in_app: boolean
  claimed: boolean
}

export interface Contact extends ContactCard {
  /** So long may the plan be opened. */
  access_until: string | null
  reopen_until: string | null
  claim_code_until: string | null
  note: string | null
  safety_before: number | null
  safety_after: number | null
  goal_id: string | null
  callback: Callback
}

export interface NewContact {
  id: string
  citizen_id: string | null
  channel: DeskChannel
  opened_by: SearchKind | null
  opened_at?: string
}

export interface DeskPlan extends SharedPlan {
  basis: 'sharing-choice' | 'oral-yes'
}

const one = encodeURIComponent
const CONTACTS = '/staff/desk/contacts'

/**
 * By a POST, so that no number and no code stands in an address. `oralYes`: the person on the line said yes just
 * now; whoever is found by that is told of it, and the contact that follows opens the plan.
 */
export function searchPerson(by: SearchKind, value: string, oralYes = false): Promise<SearchAnswer> {
  return call('/staff/desk/search', { method: 'POST', body: { by, value, oral_yes: oralYes } })
}

export function openContact(contact: NewContact): Promise<Contact> {
  return call(CONTACTS, { method: 'POST', body: contact })
}

export function getContact(id: string): Promise<Contact> {
  return call(`${CONTACTS}/${one(id)}`)
}

export const listOpenContacts = (): Promise<ContactCard[]> => list(CONTACTS, { open: '1' })

export const listContactsBetween = (from: string, to: string): Promise<ContactCard[]> => list(CONTACTS, { from, to })

export function changeContact(id: string, version: number, change: Partial<ContactFields>): Promise<Contact> {
  return call(`${CONTACTS}/${one(id)}`, { method: 'PATCH', version, body: change })
}

/** Somebody is still in this contact: the console does not sign out in the middle of it. */
export function stayInContact(id: string): Promise<{ may_read_plan: boolean }> {
  return call(`${CONTACTS}/${one(id)}/presence`, { method: 'POST' })
}

export function closeContact(id: string, version: number): Promise<Contact> {
  return call(`${CONTACTS}/${one(id)}/close`, { method: 'POST', version })
}

export function reopenContact(id: string, version: number): Promise<Contact> {
  return call(`${CONTACTS}/${one(id)}/reopen`, { method: 'POST', version })
}

/** Opens the plan for this contact. The person is told of each time. */
export function openDeskPlan(id: string, oralYes: boolean): Promise<DeskPlan> {
  return call(`${CONTACTS}/${one(id)}/plan`, { method: 'POST', body: { oral_yes: oralYes } })
}

/** A goal of the person by its title alone, as the person shares it with the desk. */
export interface SharedTitle {
  id: string
  title: string
}

export function listDeskGoals(contactId: string): Promise<SharedTitle[]> {
  return list(`${CONTACTS}/${one(contactId)}/goals`)
}

export function makeClaimCode(id: string): Promise<{ code: string; expires_at: string }> {
  return call(`${CONTACTS}/${one(id)}/claim-code`, { method: 'POST' })
}
