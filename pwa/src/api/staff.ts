import { signal } from '@preact/signals'
import { ApiProblem, request, type RequestOptions } from './client'
import type {
  Appointment,
  Booking,
  Cancellation,
  CancellationReasons,
  CareRelation,
  CaseloadPage,
  Citizen,
  CitizenChange,
  Colleague,
  Goal,
  InvitationDetails,
  Me,
  Move,
  NewCitizen,
  NewInvitation,
  NewSeries,
  Pairing,
  PendingInvitation,
  PlanEdit,
  PlanOutcome,
  RefusedEdit,
  Role,
  SharedPlan,
  StandIn,
} from './staffTypes'

/** Who is signed in: undefined until the server has been asked, null when nobody is. */
export const me = signal<Me | null | undefined>(undefined)

/** The sign-in ended while somebody was at work. */
export const lapsed = signal(false)

/** Counts what has been written, so that lists on the screen know when to look again. */
export const written = signal(0)

/** The page is loaded afresh within this time after a sign-out. */
const LEAVING_MS = 10_000

/** Until then somebody is signing out: what is refused to them meanwhile is no sign-in that lapsed. */
let leavingUntil = 0

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401
}

function noteRefusal(error: unknown): void {
  if (!isSignedOut(error) || Date.now() < leavingUntil || !me.value) return
  lapsed.value = true
  me.value = null
}

/** Asks the server as the person who is signed in, and writes nothing, whatever the method. */
export async function ask<T>(path: string, options: RequestOptions = {}): Promise<T> {
  try {
    return await request<T>(path, options)
  } catch (error) {
    noteRefusal(error)
    throw error
  }
}

/** The same; what was written makes lists look again. */
export async function call<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await ask<T>(path, options)
  if (options.method) written.value += 1
  return answer
}

interface Page<T> {
  items: T[]
}

/** Some lists come bare, some in a page; the console shows both the same way. */
export async function list<T>(path: string, query: RequestOptions['query'] = {}): Promise<T[]> {
  const answer = await call<T[] | Page<T>>(path, { query })
  return Array.isArray(answer) ? answer : answer.items
}

const one = encodeURIComponent

/** Asks who is signed in; nobody is an answer too. */
export async function askSession(): Promise<void> {
  try {
    me.value = await request<Me>('/staff/session')
    leavingUntil = 0
  } catch (error) {
    if (!isSignedOut(error)) throw error
    me.value = null
  }
}

export async function signIn(credentials: { email: string; password: string; totp: string }): Promise<Me> {
  const answer = await request<Me>('/staff/session', { method: 'POST', body: credentials })
  leavingUntil = 0
  lapsed.value = false
  me.value = answer
  return answer
}

/** Ends the sign-in. The page that asks is loaded afresh afterwards, and shows no sign-in form before that. */
export async function signOut(): Promise<void> {
  leavingUntil = Date.now() + LEAVING_MS
  try {
    await request<void>('/staff/session', { method: 'DELETE' })
  } catch (error) {
    if (!isSignedOut(error)) leavingUntil = 0
    throw error
  }
}

export function lookUpInvitation(code: string): Promise<InvitationDetails> {
  return request('/public/invitation-lookups', { method: 'POST', body: { code } })
}

export function acceptInvitation(answer: { code: string; password: string; totp: string }): Promise<void> {
  return request('/public/invitation-acceptances', { method: 'POST', body: answer })
}

export function fetchDemo(): Promise<{ demo: boolean }> {
  return request('/public/configuration')
}

export const listColleagues = (): Promise<Colleague[]> => list('/staff/colleagues')

export const listInvitations = (): Promise<PendingInvitation[]> => list('/staff/invitations')

export function invite(colleague: { name: string; email: string; roles: Role[] }): Promise<NewInvitation> {
  return call('/staff/invitations', { method: 'POST', body: colleague })
}

export function deactivate(colleagueId: string): Promise<void> {
  return call(`/staff/colleagues/${one(colleagueId)}/deactivation`, { method: 'POST' })
}

export function listCaseload(cursor: string | null): Promise<CaseloadPage> {
  return call('/staff/citizens', { query: { cursor: cursor ?? undefined, limit: 100 } })
}

export function takeIn(citizen: NewCitizen): Promise<Citizen> {
  return call('/staff/citizens', { method: 'POST', body: citizen })
}

export function getCitizen(citizenId: string): Promise<Citizen> {
  return call(`/staff/citizens/${one(citizenId)}`)
}

export function changeCitizen(citizenId: string, version: number, change: CitizenChange | { seeks: string | null }): Promise<Citizen> {
  return call(`/staff/citizens/${one(citizenId)}`, { method: 'PATCH', version, body: change })
}

export function makePairingCode(citizenId: string): Promise<Pairing> {
  return call(`/staff/citizens/${one(citizenId)}/pairing-codes`, { method: 'POST' })
}

export interface LostPhone {
  ended_sessions: number
  /** Text messages would have gone to the lost phone: they wait until they are agreed again. */
  sms_stopped: boolean
  email_in_use: boolean
  pairing: Pairing
}

export function reportLostPhone(citizenId: string): Promise<LostPhone> {
  return call(`/staff/citizens/${one(citizenId)}/lost-phone`, { method: 'POST' })
}

export function giveRelation(
  citizenId: string,
  relation: { staff_id: string; role: string; reason: string },
): Promise<CareRelation> {
  return call(`/staff/citizens/${one(citizenId)}/care-relations`, { method: 'POST', body: relation })
}

export function endRelation(relationId: string, reason: string): Promise<CareRelation> {
  return call(`/staff/care-relations/${one(relationId)}/end`, { method: 'POST', body: { reason } })
}

export const listStandIns = (): Promise<StandIn[]> => list('/staff/stand-ins')

export function nameStandIn(standIn: {
  staff_id: string
  stand_in_id: string
  starts_on?: string
  ends_on: string
  reason: string
}): Promise<StandIn> {
  return call('/staff/stand-ins', { method: 'POST', body: standIn })
}

export function endStandIn(standInId: string): Promise<StandIn> {
  return call(`/staff/stand-ins/${one(standInId)}/end`, { method: 'POST' })
}

export const listAppointments = (citizenId: string): Promise<Appointment[]> =>
  list(`/staff/citizens/${one(citizenId)}/appointments`)

export function getAppointment(appointmentId: string): Promise<Appointment> {
  return call(`/staff/appointments/${one(appointmentId)}`)
}

export function book(citizenId: string, booking: Booking): Promise<Appointment> {
  return call(`/staff/citizens/${one(citizenId)}/appointments`, { method: 'POST', body: booking })
}

export function moveAppointment(appointmentId: string, revision: number, move: Move): Promise<Appointment> {
  return call(`/staff/appointments/${one(appointmentId)}/move`, { method: 'POST', version: revision, body: move })
}

export function cancelAppointment(
  appointmentId: string,
  revision: number,
  cancellation: { cancellation: Exclude<Cancellation, 'moved'>; reason_code?: string; reason_text?: string; late?: boolean },
): Promise<Appointment> {
  return call(`/staff/appointments/${one(appointmentId)}/cancellation`, {
    method: 'POST',
    version: revision,
    body: cancellation,
  })
}

/** Says that an appointment should never have been written: it goes from the person's phone without a word. */
export function strikeAppointment(appointmentId: string, revision: number): Promise<Appointment> {
  return call(`/staff/appointments/${one(appointmentId)}/error`, { method: 'POST', version: revision })
}

export const getCancellationReasons = (): Promise<CancellationReasons> => call('/staff/appointment-reasons')

export function bookSeries(citizenId: string, series: NewSeries): Promise<{ series_id: string; items: Appointment[] }> {
  return call(`/staff/citizens/${one(citizenId)}/series`, { method: 'POST', body: series })
}

/** Cancels what is ahead of a series from a date on; the answer is what that ended. */
export function endSeries(
  seriesId: string,
  end: { from: string; cancellation: 'by-citizen' | 'by-service'; reason_code: string },
): Promise<{ items: Appointment[] }> {
  return call(`/staff/series/${one(seriesId)}/end`, { method: 'POST', body: end })
}

export const listGoals = (citizenId: string): Promise<Goal[]> => list(`/staff/citizens/${one(citizenId)}/goals`)

/** Opens a plan. The person is told of every time, so it is asked for only when somebody wants to read it. */
export const openPlan = (citizenId: string): Promise<SharedPlan> => call(`/staff/citizens/${one(citizenId)}/plan`)

export function writePlanLine(citizenId: string, edit: PlanEdit): Promise<PlanOutcome> {
  return call(`/staff/citizens/${one(citizenId)}/plan/lines`, { method: 'POST', body: edit })
}

export const listRefusedEdits = (citizenId: string): Promise<RefusedEdit[]> =>
  list(`/staff/citizens/${one(citizenId)}/plan/refused`)

export function dismissRefusedEdit(editId: string): Promise<void> {
  return call(`/staff/refused-edits/${one(editId)}`, { method: 'DELETE' })
}
