/** Questionnaires that a person is asked, and the answers, as they go over the wire. */
import type { Offer } from './checkins.ts'
import { request } from './client.ts'

export interface MeasurePlan {
  id: string
  code: string
  start_on: string
  end_on: string | null
  status: 'active' | 'withdrawn'
  withdrawn_by: 'citizen' | 'staff' | null
  withdrawn_on: string | null
  /** The windows to which the person said "not now". */
  skipped: string[]
  version: number
}

/** One thing in the person's own words, and on how many days of each week; null for a week left open. */
export interface Thing {
  what: string
  weeks: (number | null)[]
}

export interface MeasureResult {
  id: string
  plan_id: string | null
  window_key: string | null
  /** Null in an empty tombstone only, as `at`. */
  code: string | null
  definition_version: number | null
  /** The value chosen for each item. */
  items: Record<string, number>
  things: Thing[]
  complete: boolean
  /** Null where there is none, or before the server has told. */
  score: number | null
  at: string | null
  call_wished: boolean
  sharing: Offer
  offered_seq: number | null
  erased: boolean
}

/** Lets the contact person see some answers, or no longer. It holds at once or not at all. */
export const offerResult = (id: string, given: boolean) =>
  request<void>(`/citizen/measure-results/${encodeURIComponent(id)}/sharing`, { method: 'PUT', body: { given } })
