import { call } from './staff'

export type ChannelKind = 'sms' | 'email'
export type SafeWhen = 'never' | 'always' | 'hours'
export type PauseReason = 'hospital' | 'arrest' | 'break' | 'other'

/** Where we may write to a person besides the app, as agreed together. */
export interface Channel {
  kind: ChannelKind
  address: string
  masked: string
  safe: SafeWhen
  hours_from: number | null
  hours_until: number | null
  is_agreed: boolean
  verified_at: string | null
}

/** The exact words; without a sender the channel is not set up in this house. */
export interface Preview {
  kind: ChannelKind
  sender: string | null
  subject: string | null
  text: string
}

export interface Channels {
  items: Channel[]
  previews: Preview[]
}

export interface Agreement {
  address: string
  safe: SafeWhen
  hours_from: number | null
  hours_until: number | null
  agreed_together: boolean
}

const of = (citizenId: string) => `/staff/citizens/${citizenId}`

export const listChannels = (citizenId: string) => call<Channels>(`${of(citizenId)}/contact-channels`)
export const setChannel = (citizenId: string, kind: ChannelKind, body: Agreement) =>
  call<Channel>(`${of(citizenId)}/contact-channels/${kind}`, { method: 'PUT', body })
export const removeChannel = (citizenId: string, kind: ChannelKind) =>
  call<void>(`${of(citizenId)}/contact-channels/${kind}`, { method: 'DELETE' })
export const pauseReminders = (citizenId: string, until: string, reason: PauseReason) =>
  call<void>(`${of(citizenId)}/reminder-pause`, { method: 'PUT', body: { until, reason } })
export const resumeReminders = (citizenId: string) => call<void>(`${of(citizenId)}/reminder-pause`, { method: 'DELETE' })
export const markDeceased = (citizenId: string) => call<void>(`${of(citizenId)}/death`, { method: 'PUT' })
export const takeDeathBack = (citizenId: string) => call<void>(`${of(citizenId)}/death`, { method: 'DELETE' })
