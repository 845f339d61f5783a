/** The desk's shifts, nights, follow-ups and figures. */
import { requestFile } from './client'
import { call, list } from './staff'
import type { Callback } from './staffDesk'

export interface Shift {
  id: string
  version: number
  started_at: string
  on_the_road: boolean
  on_the_road_since: string | null
  handover_note: string | null
  handover_at: string | null
}

export interface CurrentShift {
  /** Mine; null before it begins. */
  shift: Shift | null
  colleagues: { name: string; started_at: string; on_the_road: boolean }[]
  handovers: { name: string; at: string; note: string }[]
}

const SHIFT = '/staff/desk/shifts/current'

export const getShift = (): Promise<CurrentShift> => call(SHIFT)

/** Begins my shift, or writes in it what is given. */
export function keepShift(change: { handover_note?: string | null; on_the_road?: boolean }): Promise<CurrentShift> {
  return call(SHIFT, { method: 'POST', body: change })
}

export function endShift(change: { handover_note?: string | null }): Promise<CurrentShift> {
  return call(`${SHIFT}/end`, { method: 'POST', body: change })
}

export interface Night {
  date: string
  capacity: number
  free: number
  taken: { id: string; place: number; contact_id: string | null; taken_at: string; alias: string | null }[]
}

export function listPlaces(from: string, to: string): Promise<{ tonight: string; items: Night[] }> {
  return call('/staff/desk/places', { query: { from, to } })
}

export function takePlace(place: { id: string; date: string; contact_id: string | null }): Promise<void> {
  return call('/staff/desk/places', { method: 'POST', body: place })
}

export function freePlace(id: string): Promise<void> {
  return call(`/staff/desk/places/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export type SupportAnswer = 'visit' | 'call' | 'no'
export type SupportResult = 'given' | 'not-reached' | 'declined'

export interface SupportRow {
  support: {
    id: string
    version: number
    date: string
    contact_id: string
    answer: SupportAnswer
    wanted_at: string | null
    result: SupportResult | null
  }
  alias: string | null
}

export const listSupport = (): Promise<{ date: string; items: SupportRow[] }> => call('/staff/desk/night-support')

export function askSupport(asked: { contact_id: string; answer: SupportAnswer; wanted_at: string | null }): Promise<void> {
  return call('/staff/desk/night-support', { method: 'POST', body: asked })
}

export function recordSupport(id: string, version: number, result: SupportResult): Promise<void> {
  return call(`/staff/desk/night-support/${encodeURIComponent(id)}/result`, { method: 'POST', version, body: { result } })
}

export type FollowUpKind = 'call-72h' | 'after-14-days'
export type FollowUpResult = 'done' | 'not-reached' | 'declined' | 'later'
export type Changed = 'yes' | 'some' | 'no' | 'not-asked'

export interface Caller {
  id: string
  name: string
  active: boolean
}

export interface FollowUp {
  id: string
  version: number
  contact_id: string
  kind: FollowUpKind
  due_on: string
  tries: number
  /** From its day on, whom it is about and the number stand here. */
  is_due: boolean
  mine: boolean
  owner: Caller
  stand_in: Caller | null
  contact_opened_at: string
  alias: string | null
  callback: Callback | null
}

export function listFollowUps(): Promise<{ items: FollowUp[]; colleagues: Caller[] }> {
  return call('/staff/desk/follow-ups')
}

/** What the goal is called that one of my own calls is about; null when the person does not share it any more. */
export interface CallGoal {
  follow_up_id: string
  title: string | null
}

export const listCallGoals = (): Promise<CallGoal[]> => list('/staff/desk/follow-ups/goals')

export interface FollowUpSaid {
  result: FollowUpResult
  changed?: Changed
  safety?: number | null
  next_on?: string | null
}

export function recordFollowUp(followUp: FollowUp, said: FollowUpSaid): Promise<FollowUp> {
  const path = `/staff/desk/follow-ups/${encodeURIComponent(followUp.id)}/result`
  return call(path, { method: 'POST', version: followUp.version, body: said })
}

export function handOver(followUp: FollowUp, owner_id: string, stand_in_id: string | null): Promise<FollowUp> {
  const path = `/staff/desk/follow-ups/${encodeURIComponent(followUp.id)}/owner`
  return call(path, { method: 'POST', version: followUp.version, body: { owner_id, stand_in_id } })
}

export type Way = 'month' | 'channel' | 'reason' | 'gender' | 'hour'
export type Gap = 'erased' | 'still-open' | 'unanswered' | 'not-on-the-list'

export interface Statistics {
  by: Way
  /** `own` sees true counts; `analyst` whole quarters that are complete, and groups of at least ten. */
  audience: 'own' | 'analyst'
  /** Several keys are counted together where each alone would say too much. */
  rows: { keys: string[]; count: number }[]
  /** Contacts that stand in no row, and why. */
  gaps: { code: Gap; count: number }[]
  total: number
  /** Months that were asked for and are not in it. */
  not_shown: string[]
  callers: {
    known_people: number
    came_again: number
    contacts_of_known: number
    contacts_of_came_again: number
    contacts_unknown: number
  } | null
  safety: { answered: number; contacts: number; safer: number; same: number; less_safe: number } | null
  mentioned: Record<string, number> | null
  follow_ups: {
    agreed: number
    waiting: number
    done: number
    not_reached: number
    declined: number
    changed: Record<Exclude<Changed, 'not-asked'>, number>
    answered: number
    answered_percent: number | null
  } | null
}

export type StatisticsQuery = { from: string; to: string; by: Way }

export const getStatistics = (query: StatisticsQuery): Promise<Statistics> => call('/staff/desk/statistics', { query })

export function fetchStatisticsSheet(query: StatisticsQuery & { language: 'da' | 'en' }): Promise<Blob> {
  return requestFile('/staff/desk/statistics.csv', { query })
}
