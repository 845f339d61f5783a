/** Messages between a person and the contact person, as staff read and answer them. */
import { call, list } from './staff'

export { written } from './staff'

export interface StaffMessage {
  id: string
  by: 'citizen' | 'staff'
  staff_name: string | null
  mine: boolean
  /** None is left of what was taken back. */
  text: string | null
  at: string
  received_at: string
  withdrawn: boolean
}

export interface Thread {
  /** Newest first. */
  items: StaffMessage[]
  next_cursor: string | null
  waiting_since: string | null
}

export interface WaitingRow {
  citizen_id: string
  alias: string
  waiting_since: string
  /** Whether the reader may open the messages; a manager only sees that somebody has to. */
  opens: boolean
}

export interface NewAnswer {
  id: string
  text: string
  /** The newest message of the person on the screen; what came after it still waits. */
  seen: string | null
}

const at = (citizenId: string) => `/staff/citizens/${citizenId}/messages`

export const listWaiting = () => list<WaitingRow>('/staff/messages/waiting')
export const readThread = (citizenId: string, cursor?: string) => call<Thread>(at(citizenId), { query: { cursor } })
export const writeMessage = (citizenId: string, body: NewAnswer) => call<StaffMessage>(at(citizenId), { method: 'POST', body })
export const answerOtherwise = (citizenId: string, seen: string) =>
  call<{ waiting_since: string | null }>(`${at(citizenId)}/answered`, { method: 'POST', body: { seen } })
export const withdrawMessage = (citizenId: string, messageId: string) =>
  call<StaffMessage>(`${at(citizenId)}/${messageId}/withdrawal`, { method: 'POST' })
