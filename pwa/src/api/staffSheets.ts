/** A colleague's own appointments elsewhere: a secret address for a calendar, and sheets out and in. */
import { requestFile } from './client'
import { call } from './staff'

export interface Feed {
  active: boolean
  created_at: string | null
}

export type SheetColumn = 'date' | 'time' | 'minutes' | 'alias' | 'kind' | 'mode' | 'place' | 'status'

export type RowOutcome =
  | 'new'
  | 'already-booked'
  | 'not-booked'
  | 'bad-cell'
  | 'unknown-alias'
  | 'ambiguous-alias'
  | 'bad-time'
  | 'double-booked'
  | 'was-moved'
  | 'was-cancelled'

/** One row as it stood in the file, and what becomes of it. */
export interface SheetRow {
  line: number
  outcome: RowOutcome
  column: SheetColumn | null
  date: string
  time: string
  minutes: string
  alias: string
  kind: string
  mode: string
  place: string
}

export interface SheetPreview {
  /** Stands for exactly this list; what was not shown is not booked. */
  digest: string
  new: number
  rows: SheetRow[]
}

/** One's own appointments from today on as a sheet. */
export const fetchSheet = (): Promise<Blob> => requestFile('/staff/appointments.csv')
const LONG_MS = 120_000

export const getFeed = () => call<Feed>('/staff/calendar-feed')
export const makeFeed = () => call<Feed & { address: string }>('/staff/calendar-feed', { method: 'POST' })
export const endFeed = () => call<void>('/staff/calendar-feed', { method: 'DELETE' })

/** `file` is the content in base64. */
export const previewSheet = (file: string) =>
  call<SheetPreview>('/staff/appointments/sheet-preview', { method: 'POST', body: { file }, timeoutMs: LONG_MS })

/** `again`: the lines that were moved or cancelled since and are to be booked all the same. */
export const bookSheet = (file: string, digest: string, again: readonly number[]) =>
  call<{ booked: number; already?: boolean }>('/staff/appointments/sheet', { method: 'POST', body: { file, digest, again }, timeoutMs: LONG_MS })
