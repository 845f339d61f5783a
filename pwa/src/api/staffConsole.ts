/** The list of today, a person's line of time, what comes next, the days of the guarantee, and the gauge. */
import { ask, call } from './staff'
import type { AppointmentKind } from './staffTypes'

export { getCitizen, me, written } from './staff'

export type TodoKind =
  | 'crisis-follow-up'
  | 'closer-contact'
  | 'call-wished'
  | 'reminder-not-reached'
  | 'waiting-message'
  | 'missed-talk'
  | 'guarantee-soon'
  | 'other-time-wished'
  | 'review-due'
  | 'talk-today'

/** One thing to see to; who does not work with the person gets alias and time alone. */
export interface Todo {
  kind: TodoKind
  id: string
  citizen_id: string | null
  alias: string | null
  mine: boolean
  /** The absent colleague for whom the reader stands in. */
  in_place_of: string | null
  since: string | null
  due_on: string | null
  starts_at: string | null
  /** Which day of the guarantee this is. */
  day: number | null
  title: string | null
  wants_talk: boolean | null
  link: string
}

export type LineKind = 'appointment' | 'event' | 'check-in' | 'message' | 'relation' | 'exercise' | 'exercise-answer' | 'session'

/** One line of a line of time; what it holds hangs on its kind. */
export interface Line {
  at: string
  kind: LineKind
  id: string
  code: string | null
  title: string | null
  detail: string | null
  by: 'citizen' | 'staff' | null
  name: string | null
  goal_id: string | null
  /** Of an exercise the library's, of a session the theme: by its id. */
  subject: string | null
  level: number | null
  mood: number | null
  urge: number | null
}

export interface LinePage {
  /** Newest first. */
  items: Line[]
  next_cursor: string | null
}

export interface Ahead {
  next_appointment: { id: string; starts_at: string; kind: AppointmentKind } | null
  steps: { id: string; goal_id: string; text: string }[]
  reviews: { id: string; title: string; review_on: string }[]
  tasks: { id: string; kind: 'missed-talk' | 'reminder-not-reached' | 'closer-contact' | 'call-wished'; due_on: string }[]
  /** With how many colleagues the person had a talk or a call in 90 days. */
  staff_met: number
}

type Words = { da: string; en: string }
export type WaiverReason = 'other-provider' | 'later-wish'

export interface GuaranteeRules {
  /** None: the centre has no guarantee. */
  days: number | null
  sought: ({ id: string; law: string | null } & Words)[]
  waivers: ({ code: WaiverReason } & Words)[]
}

export interface Load {
  staff_id: string
  name: string
  percent: number
  cases: number
  figure: number
}

export interface Gauge {
  figure: number | null
  items: Load[]
}

const one = encodeURIComponent
const person = (citizenId: string) => `/staff/citizens/${one(citizenId)}`

export const fetchToday = (): Promise<{ items: Todo[] }> => call('/staff/today')

export const fetchTimeline = (citizenId: string, cursor: string | null): Promise<LinePage> =>
  call(`${person(citizenId)}/timeline`, { query: { cursor: cursor ?? undefined } })

export const fetchAhead = (citizenId: string): Promise<Ahead> => call(`${person(citizenId)}/ahead`)

/** In a body, so that no name ever stands in an address. */
export const findPeople = (q: string): Promise<{ items: { id: string; alias: string }[] }> =>
  ask('/staff/citizens/find', { method: 'POST', body: { q } })

export const fetchGuarantee = (): Promise<GuaranteeRules> => call('/staff/guarantee')

export const waive = (citizenId: string, reason: WaiverReason): Promise<unknown> =>
  call(`${person(citizenId)}/guarantee-waiver`, { method: 'PUT', body: { reason } })

export const letDaysCount = (citizenId: string): Promise<void> => call(`${person(citizenId)}/guarantee-waiver`, { method: 'DELETE' })

export const fetchGauge = (): Promise<Gauge> => call('/staff/caseload-gauge')

export const setFigure = (figure: number | null): Promise<Gauge> => call('/staff/caseload-figure', { method: 'PUT', body: { figure } })

export const setEmployment = (staffId: string, percent: number): Promise<Gauge> =>
  call(`/staff/colleagues/${one(staffId)}/employment`, { method: 'PUT', body: { percent } })
