import { request, requestFile } from './client.ts'

export interface ErasureWish {
  due_at: string | null
}

/** The server writes the file when it is asked; with years in it that takes a while. */
const timeoutMs = 60_000
export const getEverythingOnPaper = () => requestFile('/citizen/export.pdf', { timeoutMs })
export const getEverything = () => requestFile('/citizen/export.json', { timeoutMs })
export const getPlanOnPaper = () => requestFile('/citizen/plan.pdf', { timeoutMs })
export const getErasure = () => request<ErasureWish>('/citizen/erasure')
export const askForErasure = () => request<ErasureWish>('/citizen/erasure', { method: 'POST', body: { confirm: true } })
export const withdrawErasure = () => request<void>('/citizen/erasure', { method: 'DELETE' })
