/** "Send en prøve": a neutral notice to this phone, and how far it came. */
import { request } from './client.ts'

export interface Trial {
  planned_at: string
  handed: boolean
  answer: 'none' | 'waiting' | 'accepted' | 'refused'
  shown: boolean
  over: boolean
}

export const sendTrial = () => request<void>('/citizen/test-reminder', { method: 'POST' })
export const getTrial = () => request<{ trial: Trial | null }>('/citizen/test-reminder')
