/** What a person shares of the check-ins with who is turned to. */
import { call } from './staff'

export interface SharedCheckIn {
  id: string
  at: string
  mood: number | null
  urge: number | null
  line: string | null
  goal_id: string | null
}

export interface SharedDay {
  on: string
  used: boolean
  what: string | null
}

export interface SharedCheckIns {
  /** There is a yes, or something was shared by itself; how much there is besides nobody learns. */
  shared: boolean
  items: SharedCheckIn[]
  days: SharedDay[]
  next_cursor: string | null
}

/** Opens them. Every look is on the trail, so they are asked for only when somebody wants to read. */
export function openCheckIns(citizenId: string, cursor?: string): Promise<SharedCheckIns> {
  const page = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
  return call(`/staff/citizens/${encodeURIComponent(citizenId)}/check-ins${page}`)
}
