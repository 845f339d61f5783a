import { request } from './client.ts'

export interface Feed {
  active: boolean
  created_at: string | null
}

export interface NewFeed extends Feed {
  /** Shown once; the server keeps only its fingerprint. */
  address: string
}

export const getFeed = () => request<Feed>('/citizen/calendar-feed')
export const makeFeed = () => request<NewFeed>('/citizen/calendar-feed', { method: 'POST' })
export const endFeed = () => request<void>('/citizen/calendar-feed', { method: 'DELETE' })

/** Where the server makes the file of one appointment. */
export const fileAddress = (id: string, withPlace: boolean) =>
  `/api/v1/citizen/appointments/${encodeURIComponent(id)}.ics${withPlace ? '?show=place' : ''}`
