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

/** How many text messages or mails stand in this state; the channel is empty where none was chosen. */
export interface SendingWay {
  channel: string
  state: string
  count: number
}

export interface SendingAlarm {
  code: string
  /** A push service, `sms` or `email`; null when it is about all. */
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
  ways: SendingWay[]
  alarms: SendingAlarm[]
}

const trial = (citizenId: string) => `/staff/citizens/${encodeURIComponent(citizenId)}/test-reminder`

export const sendTrialTogether = (citizenId: string): Promise<{ phones: number }> =>
  call(trial(citizenId), { method: 'POST' })
export const getTrialTogether = (citizenId: string): Promise<{ reached: Reached }> => call(trial(citizenId))
export const getSendHealth = (): Promise<SendHealth> => call('/staff/send-health')
