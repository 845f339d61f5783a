/** Whether reminders get through: a trial together with a person, and the managers' page. */
import { call } from './staff'

export type Reached = 'none' | 'sent' | 'reached' | 'not-reached'

export interface SendingService {
  service: string
  due: number
  late: number
  accepted: number
  confirmed: number
  unconfirmed: number
  failed: number
}

export interface SendingAlarm {
  code: string
  /** Null when it is about all push services. */
  service: string | null
  count: number
  since: string | null
  cleared_at: string | null
}

export interface SendHealth {
  at: string
  working: boolean
  overdue: number
  books: { at: string; planned: number; open: number; ended: number; difference: number } | null
  services: SendingService[]
  alarms: SendingAlarm[]
}

const trial = (citizenId: string) => `/staff/citizens/${encodeURIComponent(citizenId)}/test-reminder`

export const sendTrialTogether = (citizenId: string): Promise<{ phones: number }> =>
  call(trial(citizenId), { method: 'POST' })
export const getTrialTogether = (citizenId: string): Promise<{ reached: Reached }> => call(trial(citizenId))
export const getSendHealth = (): Promise<SendHealth> => call('/staff/send-health')
