import { request } from './client.ts'

export interface ErasureWish {
  due_at: string | null
}

export const EXPORT_JSON = '/api/v1/citizen/export.json'
export const EXPORT_PDF = '/api/v1/citizen/export.pdf'
export const getErasure = () => request<ErasureWish>('/citizen/erasure')
export const askForErasure = () => request<ErasureWish>('/citizen/erasure', { method: 'POST', body: { confirm: true } })
export const withdrawErasure = () => request<void>('/citizen/erasure', { method: 'DELETE' })
