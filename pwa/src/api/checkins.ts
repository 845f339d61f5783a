/** How it goes, in a person's own hand, as it goes over the wire. */
import { request } from './client.ts'

/** `as-chosen`: as long as the yes to all of them stands; `shared`: this one by itself, until the next no. */
export type Offer = 'private' | 'as-chosen' | 'shared'

export interface CheckIn {
  id: string
  /** Null in an empty tombstone only. */
  at: string | null
  /** 0 very bad … 10 very good. */
  mood: number | null
  /** 0 none … 10 very strong. */
  urge: number | null
  line: string | null
  goal_id: string | null
  sharing: Offer
  /** The step of the person's sequence by which it was offered; none before the server has told. */
  offered_seq: number | null
  erased: boolean
}

export interface UsedDay {
  id: string
  on: string
  used: boolean | null
  /** The thing, in the person's own word. */
  what: string | null
  sharing: Offer
  offered_seq: number | null
  /** Of two for the same day and thing the later counts. */
  seq: number
}

/** Shares one with the contact person, or no longer. It holds at once or not at all. */
export const offerCheckIn = (id: string, given: boolean) =>
  request<void>(`/citizen/check-ins/${encodeURIComponent(id)}/sharing`, { method: 'PUT', body: { given } })
