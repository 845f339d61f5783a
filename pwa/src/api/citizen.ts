import { request } from './client.ts'

export type AppointmentStatus =
  | 'booked'
  | 'arrived'
  | 'fulfilled'
  | 'cancelled'
  | 'noshow'
  | 'entered-in-error'
export type Reply = 'needs-action' | 'accepted' | 'declined' | 'tentative'
/** `tentative`: "I would like another time"; the booked one stands until staff move it. */
export type Answer = 'accepted' | 'declined' | 'tentative'

/** Another time that the person would rather have: a moment, or a part of a day. */
export type Wish = { starts_at: string } | { on: string; day_part: 'morning' | 'afternoon' }

export interface ReminderSettings {
  appointments: boolean
  /** Missing in what an older server told: then it is on. */
  week_before?: boolean
  two_hours_before: boolean
  /** To be told of an answer; missing in what an older server told: then it is off. */
  messages?: boolean
  /** To be told of what else there is; each is missing in what an older server told, and then cannot be chosen. */
  sessions?: boolean
  exercises?: boolean
  questionnaires?: boolean
  paused_until: string | null
  version: number
  /** The contact person has set a pause; why is not for the phone. */
  staff_paused_until?: string | null
}

/** Where we may write besides the app; masked, since others may hold the phone. */
export interface OwnChannel {
  kind: 'sms' | 'email'
  masked: string
  safe: 'never' | 'always' | 'hours'
  hours_from: number | null
  hours_until: number | null
  /** Not: nothing is sent there until it is agreed once more. */
  is_agreed: boolean
}

/** The days from first contact to the first talk that was held. */
export interface FirstContact {
  on: string
  days_limit: number
  /** Whether days are counted for this person at all. */
  has_clock: boolean
  stopped_on: string | null
  /** Why they do not count. */
  waived: { da: string; en: string } | null
}

export interface Profile {
  id: string
  alias: string
  language: string
  unit: { slug: string; name: string; phone: string }
  contact_person: { name: string; phone: string | null } | null
  stand_ins: { name: string; until: string | null }[]
  first_contact_at: string | null
  /** Missing in what an older server told. */
  first_contact?: FirstContact
  /** By which the crisis line finds this person; missing in what an older server told. */
  desk_code?: string | null
  /** After which scores the unit asks about a call, by questionnaire; missing in what an older server told. */
  low_scores?: Record<string, number>
  reminders: ReminderSettings
}

export interface Appointment {
  id: string
  revision: number
  kind: string
  mode: 'in-person' | 'phone' | 'video'
  place: string | null
  starts_at: string
  starts_local: string
  duration_minutes: number
  /** What was asked for instead, where the answer was `tentative`. */
  wishes?: Wish[]
  wish_note?: string | null
  status: AppointmentStatus
  cancellation: 'by-citizen' | 'by-service' | 'late' | 'moved' | null
  reply: Reply
  moved_to_id: string | null
  goal_id: string | null
  staff_name: string | null
  unit_slug: string
  occurrence_ids: string[]
}

export interface Goal {
  id: string
  title: string
  /** More than one: two phones worded it anew at once, and nobody has chosen yet. */
  titles?: string[]
  origin: 'citizen' | 'staff'
  /** The crisis line may see the title; missing in what an older server told. */
  shared_with_desk?: boolean
  status: 'proposed' | 'accepted' | 'active' | 'on-hold' | 'completed' | 'cancelled'
  version: number
  // What follows is missing in what an older server told.
  kind?: GoalKind | null
  theme?: GoalTheme | null
  /** The day on which both want to look at it again. */
  review_on?: string | null
  achievement?: Achievement | null
  /** The contact person has said yes to a goal of the person's own. */
  agreed?: boolean
  /** The person wants to count days from here; nobody else sees it. */
  counts_from?: string | null
  /** Until then the contact person is in touch more often. */
  closer_until?: string | null
  answers?: GoalAnswers
  scaling?: GoalScaling | null
}

export type GoalKind = 'stop' | 'cut-down' | 'keep-stable' | 'other'
export type GoalTheme = 'meeting' | 'mastery' | 'network' | 'occupation'
/** How it goes, apart from where the goal stands. */
export type Achievement = 'in-progress' | 'improving' | 'worsening' | 'no-change' | 'achieved' | 'not-achieved'

/** One question at a time makes a goal plainer, for whoever wants that. */
export interface GoalAnswers {
  activity: string | null
  support: string | null
  amount: string | null
  by_when: string | null
}

/** What much less to much more than expected looks like, in the person's own words. */
export interface GoalScaling {
  importance: number | null
  difficulty: number | null
  baseline: number | null
  /** −2 to 2. */
  reached: number | null
  /** Five, from −2 to 2. */
  levels: (string | null)[]
}

/** What was agreed with the contact person about the effort. */
export interface CarePlan {
  /** 0: nothing is written yet, but there may be a phase. */
  version: number
  background: string | null
  needs: string | null
  purpose: string | null
  effort: string | null
  methods: string[]
  children: 'not-asked' | 'none' | 'at-home'
  review_on: string | null
  written_at: string | null
  written_by_name: string | null
  /** Newest first. */
  phases: { code: string | null; from_on: string; set_by_name: string }[]
}

export interface GoalStep {
  id: string
  goal_id: string | null
  /** None is left of what was deleted for good. */
  text: string | null
  origin: 'citizen' | 'staff'
  position: number
  done: boolean
  erased: boolean
}

export type GoalQuestion = 'activity' | 'support' | 'amount' | 'by-when'

/** One thing that happened with a goal; nobody rewrites it. */
export interface GoalEvent {
  id: string
  goal_id: string | null
  kind: string | null
  by: 'citizen' | 'staff'
  at: string
  happened_at: string | null
  text: string | null
  question: GoalQuestion | null
  level: number | null
  value: string | null
  step_id: string | null
  /** The contact person sees it; what the person wrote and did not share is theirs alone. */
  shared: boolean
  erased: boolean
}

export interface PulledChange {
  entity: string
  id: string
  op: 'put' | 'forget'
  data: unknown
}

export interface PulledPage {
  changes: PulledChange[]
  cursor: string
  more: boolean
  reset: boolean
}

export interface PushState {
  active: boolean
  /** Three in a row were sent, and this phone never said that it showed them. */
  silent: boolean
  endpoint_hash: string | null
  vapid_public_key: string
}

export interface PushSubscriptionBody {
  endpoint: string
  keys: { p256dh: string; auth: string }
  vapid_public_key: string
}

export interface Pairing {
  citizen_id: string
  alias: string
  language: string
}

export interface PublicConfiguration {
  vapid_public_key: string
  languages: string[]
  demo: boolean
}

export const getConfiguration = () => request<PublicConfiguration>('/public/configuration')
export const pair = (code: string, shared: boolean) =>
  request<Pairing>('/public/pairings', { method: 'POST', body: shared ? { code, shared } : { code } })
export const getMe = () => request<Profile>('/citizen/me')
export const endSession = () => request<void>('/citizen/session', { method: 'DELETE' })
export const pullChanges = (cursor: string | undefined) =>
  request<PulledPage>('/citizen/sync/pull', { query: { cursor } })
export const findReminder = (occurrenceId: string) =>
  request<{ kind: string; subject_id: string }>(`/citizen/reminders/${encodeURIComponent(occurrenceId)}`)
export const getPushState = () => request<PushState>('/citizen/push-subscription')
export const putPushSubscription = (body: PushSubscriptionBody) =>
  request<{ state: string }>('/citizen/push-subscription', { method: 'PUT', body })
export const deletePushSubscription = () => request<void>('/citizen/push-subscription', { method: 'DELETE' })
export const acknowledge = (deliveryId: string, secret: string) =>
  request<void>('/public/acknowledgements', { method: 'POST', body: { delivery_id: deliveryId, secret } })

export const listChannels = () => request<{ items: OwnChannel[] }>('/citizen/contact-channels')
export const removeChannel = (kind: OwnChannel['kind']) => request<void>(`/citizen/contact-channels/${kind}`, { method: 'DELETE' })
export const endStaffPause = () => request<ReminderSettings>('/citizen/reminder-pause', { method: 'DELETE' })
