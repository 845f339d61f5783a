/** The crisis plan, who may see it, and the queue of changes, as they go over the wire. */
import { request } from './client.ts'

export type Section =
  | 'warning-signs'
  | 'own-actions'
  | 'distraction'
  | 'people-to-ask'
  | 'professionals'
  | 'safer-around-me'
  | 'living-for'
  | 'helps-from-others'
  | 'does-not-help'
  | 'practical'

export interface PlanVersion {
  version: string
  value: string | null
  author: 'citizen' | 'staff'
  author_name: string | null
  at: string
}

export interface PlanLine {
  id: string
  section: Section | null
  position: string | null
  /** More than one: nobody has chosen yet, and all are shown. */
  text: PlanVersion[]
  phone: PlanVersion[]
  links: string[]
  deleted: boolean
  restored: boolean
  erased: boolean
}

export interface Plan {
  id: string
  review_on: string | null
}

export type SharingPurpose = 'contact-person' | 'crisis-line'

/** What may be seen: the plan, how it goes, and what came of exercises and questionnaires. */
export type SharedThing = 'crisis-plan' | 'check-ins' | 'exercises' | 'questionnaires'

export interface Sharing {
  purpose: SharingPurpose
  item_class: SharedThing
  given: boolean
  text_version: string | null
  /** The steps of the person's sequence by which it last was a yes and a no. */
  given_seq?: number | null
  withdrawn_seq?: number | null
}

export interface SharingRow extends Sharing {
  given_at: string | null
  readers: { name: string | null; unit_name: string | null }[]
}

export interface PlanRead {
  at: string
  purpose: string
  unit_name: string
  /** The person said yes aloud, in that contact; missing in what an older server told. */
  oral_yes?: boolean
}

export interface RejectedEdit {
  id: string
  entity: string
  entity_id: string
  /** What was written, a line for each text. */
  content: string
  reason: string
  at: string
}

/** One line of the history of a plan line. */
export interface HistoryRow extends PlanVersion {
  field: 'text' | 'phone'
  current: boolean
}

export interface SentMutation {
  mutation_id: string
  client_seq: number
  entity: string
  entity_id: string
  op: string
  fields: Record<string, unknown>
  schema_version: number
  device_at: string
}

export interface PushResult {
  mutation_id: string
  client_seq: number
  result: string
  /** Names the refused edit, where its words were kept. */
  data: { rejected_edit?: string } | null
  problem: { code?: string } | null
}

export interface PushAnswer {
  results: PushResult[]
  last_seq: number
}

export const pushMutations = (clientId: string, mutations: readonly SentMutation[]) =>
  request<PushAnswer>('/citizen/sync/push', { method: 'POST', body: { client_id: clientId, mutations } })
export const getSharing = () => request<SharingRow[]>('/citizen/sharing')
export const putSharing = (choice: Sharing) => request<SharingRow[]>('/citizen/sharing', { method: 'PUT', body: choice })
export const getPlanReads = () => request<PlanRead[]>('/citizen/plan-reads')
export const getHistory = (lineId: string) => request<HistoryRow[]>(`/citizen/history/${encodeURIComponent(lineId)}`)
