/** Courses as staff work with them: runs, places, who came, and what people thought, without names. */
import { ask, call } from './staff'

export type RunStatus = 'planned' | 'running' | 'ended' | 'cancelled'
export type SessionStatus = 'booked' | 'held' | 'cancelled'
export type PlaceStatus = 'enrolled' | 'waiting' | 'left'
export type Presence = 'present' | 'absent' | 'excused'

export interface RunSession {
  id: string
  number: number
  theme: string | null
  /** The centre's own name; null: the content's. */
  theme_title: string | null
  starts_at: string
  minutes: number
  status: SessionStatus
  enrolled: number
  attendance_taken: boolean
  reason: string | null
  revision: number
}

export interface Run {
  id: string
  code: string
  place: string | null
  seats: number
  weekdays: number[]
  at: string
  minutes: number
  status: RunStatus
  leader_id: string
  leader_name: string
  /** The reader leads it. */
  mine: boolean
  enrolled: number
  waiting: number
  /** Seats at the fullest session ahead; null if none lies ahead. */
  free: number | null
  sessions_total: number
  sessions_held: number
  first_at: string
  next: RunSession | null
  content_changed: boolean
  version: number
}

export interface ThemeCover {
  theme: string
  title: string | null
  covered: boolean
}

/** One person of a run, by the alias alone. */
export interface RosterLine {
  enrollment_id: string
  citizen_id: string
  alias: string
  numbers: number[]
  status: PlaceStatus
  asked_at: string
  coverage: ThemeCover[]
  /** By the number of the session. */
  attendance: Record<string, Presence>
  mine: boolean
}

export interface RunDetail extends Run {
  sessions: RunSession[]
  roster: RosterLine[]
  /** In the order in which places are given. */
  waiting_list: RosterLine[]
}

export interface NewRun {
  id: string
  code: string
  place: string | null
  seats: number
  first_on: string
  weekdays: number[]
  at: string
  minutes: number
  count: number
  themes?: string[]
}

export interface FoundPerson {
  citizen_id: string
  alias: string
  /** Has a place in this run, or waits. */
  enrolled: boolean
}

export interface ThemeSetting {
  id: string | null
  title: string | null
}

export interface CourseSetting {
  code: string
  kind: 'rolling' | 'group' | 'talks'
  sessions: number | null
  talks_min: number | null
  talks_max: number | null
  themes: ThemeSetting[]
  /** 0: as the content says. */
  version: number
}

export interface Distribution {
  answered: number
  /** 1 not at all … 4 to a high degree; null below five answers. */
  counts: Record<string, number> | null
  high: number | null
}

export interface Report {
  code: string
  months: number
  from: string
  to: string
  runs: number
  people: number
  knowledge: Distribution | null
  useful: Distribution
  words: string[]
  words_shown: boolean
  background: { percent: number; year: number; source: Record<string, string> } | null
}

export interface CitizenRun {
  enrollment_id: string
  run_id: string
  code: string
  status: PlaceStatus
  run_status: RunStatus
  numbers: number[]
  sessions: RunSession[]
  attendance: Record<string, Presence>
  leader_name: string
}

export interface CitizenCourses {
  items: CitizenRun[]
  coverage: { code: string; coverage: ThemeCover[] }[]
}

export interface Path {
  id: string
  code: string
  planned: number | null
  from_on: string
  evaluate_on: string | null
  status: 'active' | 'ended'
  held: number
  version: number
}

const one = encodeURIComponent

export interface RunPage {
  items: Run[]
  /** Asks for more of those that are over; null: there are none. */
  next_after: string | null
}

export const listRuns = (after?: string): Promise<RunPage> => call(`/staff/course-runs${after ? `?after=${after}` : ''}`)
export const getRun = (runId: string): Promise<RunDetail> => call(`/staff/course-runs/${one(runId)}`)
export const planRun = (run: NewRun): Promise<RunDetail> => call('/staff/course-runs', { method: 'POST', body: run })

export function changeRun(run: Pick<Run, 'id' | 'version'>, change: { place?: string | null; seats?: number; status?: 'ended' | 'cancelled'; leader_id?: string }): Promise<RunDetail> {
  return call(`/staff/course-runs/${one(run.id)}`, { method: 'PATCH', version: run.version, body: change })
}

export interface Wish {
  id: string
  citizen_id: string
  numbers?: number[]
  from_number?: number
  /** What the person comes for. */
  goal_id?: string | null
}

/** Gives somebody a place, or a place on the waiting list: the answer says which. */
export function enrol(runId: string, wish: Wish): Promise<{ status: PlaceStatus }> {
  return call(`/staff/course-runs/${one(runId)}/enrollments`, { method: 'POST', body: wish })
}

export const endPlace = (enrollmentId: string): Promise<void> => call(`/staff/enrollments/${one(enrollmentId)}`, { method: 'DELETE' })

/** Looks for people of the unit by a part of the alias; nothing else of them is shown. */
export const findPeople = (runId: string, words: string): Promise<{ items: FoundPerson[] }> =>
  ask(`/staff/course-runs/${one(runId)}/people`, { method: 'POST', body: { words } })

/** The whole screen at once; null takes back what was said. */
export function takeAttendance(sessionId: string, entries: { citizen_id: string; status: Presence | null }[]): Promise<unknown> {
  return call(`/staff/course-sessions/${one(sessionId)}/attendance`, { method: 'PUT', body: { entries } })
}

export function cancelSession(session: Pick<RunSession, 'id' | 'revision'>, reason: string): Promise<unknown> {
  return call(`/staff/course-sessions/${one(session.id)}/cancel`, { method: 'POST', version: session.revision, body: { reason } })
}

export function moveSession(session: Pick<RunSession, 'id' | 'revision'>, move: { starts_at: string; minutes: number }): Promise<unknown> {
  return call(`/staff/course-sessions/${one(session.id)}`, { method: 'PATCH', version: session.revision, body: move })
}

export const listSettings = (): Promise<{ items: CourseSetting[] }> => call('/staff/course-settings')

export function putSetting({ code, sessions, talks_min, talks_max, themes, version }: CourseSetting): Promise<CourseSetting> {
  return call('/staff/course-settings', { method: 'PUT', version, body: { code, sessions, talks_min, talks_max, themes } })
}

export const getReport = (code: string, months: number): Promise<Report> => call(`/staff/courses/${one(code)}/report`, { query: { months } })

export const listCitizenCourses = (citizenId: string): Promise<CitizenCourses> => call(`/staff/citizens/${one(citizenId)}/courses`)
export const listPaths = (citizenId: string): Promise<{ items: Path[] }> => call(`/staff/citizens/${one(citizenId)}/course-paths`)

export function addPath(citizenId: string, path: { id: string; code: string; planned: number | null; from_on: string }): Promise<Path> {
  return call(`/staff/citizens/${one(citizenId)}/course-paths`, { method: 'POST', body: path })
}

export function changePath({ id, version }: Pick<Path, 'id' | 'version'>, change: { planned?: number | null; evaluate_on?: string | null; status?: 'ended' }): Promise<Path> {
  return call(`/staff/course-paths/${one(id)}`, { method: 'PATCH', version, body: change })
}
