/** What the server sends to staff, as it goes over the wire. */
import type { HistoryRow, PlanLine, Section } from './plan.ts'

export type Role = 'counsellor' | 'course-leader' | 'crisis-line' | 'manager' | 'analyst' | 'admin'
export type RelationRole = 'contact-person' | 'care-team' | 'stand-in'
export type Channel = 'at-the-door' | 'phone' | 'outreach' | 'referral' | 'other'
export type AppointmentKind = 'first-talk' | 'talk' | 'group' | 'doctor' | 'other'
export type Mode = 'in-person' | 'phone' | 'video'
export type AppointmentStatus =
  | 'booked'
  | 'arrived'
  | 'fulfilled'
  | 'cancelled'
  | 'noshow'
  | 'entered-in-error'
export type Cancellation = 'by-citizen' | 'by-service' | 'late' | 'moved'
export type Reply = 'needs-action' | 'accepted' | 'declined' | 'tentative'
export type ReminderStanding = 'none' | 'planned' | 'sent' | 'reached' | 'not-reached' | 'no-device'
export type GoalOrigin = 'citizen' | 'staff'
export type GoalStatus = 'proposed' | 'accepted' | 'active' | 'on-hold' | 'completed' | 'cancelled'

export interface Me {
  id: string
  name: string
  email: string
  roles: Role[]
  unit: { id: string; slug: string; name: string; phone: string }
}

export interface Colleague {
  id: string
  name: string
  email: string
  roles: Role[]
  active: boolean
}

export interface PendingInvitation {
  id: string
  name: string
  email: string
  roles: Role[]
  expires_at: string
}

export interface NewInvitation {
  id: string
  code: string
  url: string
  expires_at: string
}

export interface InvitationDetails {
  name: string
  email: string
  unit_name: string
  totp_secret: string
  totp_uri: string
  totp_qr_svg: string
}

export interface CaseloadRow {
  id: string
  alias: string
  my_role: RelationRole | null
  contact_person: { id: string; name: string } | null
  first_contact_at: string
  first_contact_channel: Channel
  days_since_first_contact: number
  first_contact: StaffFirstContact
  next_appointment: NextAppointment | null
  reachable: boolean
  paired: boolean
  address_protected: boolean
}

/** The days from first contact to the first talk that was held. */
export interface StaffFirstContact {
  on: string
  /** How many days have gone by; 0 on the day itself. */
  day: number
  days_limit: number
  /** Whether days are counted for this person at all. */
  has_clock: boolean
  stopped_on: string | null
  /** Why they do not count, as the person reads it. */
  waived: { da: string; en: string } | null
  /** The service the person came for, if it was said. */
  seeks: string | null
  law: string | null
}

export interface NextAppointment {
  id: string
  starts_at: string
  /** Null for who does not work with the person: the time alone. */
  kind: AppointmentKind | null
  reminder: ReminderStanding
}

export interface CaseloadPage {
  items: CaseloadRow[]
  next_cursor: string | null
}

export interface CareRelation {
  id: string
  staff_id: string
  staff_name: string
  role: RelationRole
  starts_at: string
  ends_at: string | null
  reason: string | null
  stand_in_for_id: string | null
}

export interface Citizen {
  id: string
  version: number
  alias: string
  name: string | null
  cpr: string | null
  phone: string | null
  language: 'da' | 'en'
  address_protected: boolean
  home_municipality: string | null
  first_contact_at: string
  first_contact_channel: Channel
  first_contact: StaffFirstContact
  status: string
  relations: CareRelation[]
  reachable: boolean
  paired: boolean
  deceased_at: string | null
  reminders: {
    appointments: boolean
    week_before: boolean
    two_hours_before: boolean
    paused_until: string | null
    staff_paused_until: string | null
    staff_pause_reason: 'hospital' | 'arrest' | 'break' | 'other' | null
  } | null
}

export interface NewCitizen {
  id: string
  alias: string
  first_contact_at: string
  first_contact_channel: Channel
  name?: string
  cpr?: string
  phone?: string
  language?: 'da' | 'en'
  address_protected?: boolean
  home_municipality?: string
}

export type CitizenChange = Partial<
  Pick<Citizen, 'alias' | 'name' | 'cpr' | 'phone' | 'language' | 'address_protected' | 'home_municipality'>
>

export interface Pairing {
  code: string
  url: string
  qr_svg: string
  expires_at: string
}

export interface Appointment {
  id: string
  revision: number
  kind: AppointmentKind
  mode: Mode
  place: string | null
  starts_at: string
  ends_at: string
  duration_minutes: number
  status: AppointmentStatus
  cancellation: Cancellation | null
  reason_code: string | null
  noshow_excused: boolean | null
  /** When it was said that the person came, did not come, or that the talk was held. */
  closed_at: string | null
  /** One of several that were booked in a row. */
  series_id: string | null
  /** Booked although the colleague had another at that time; why, only for the two who have to know. */
  override: boolean
  override_reason: string | null
  /** The person's other appointments at the same time. */
  overlaps: string[]
  /** What the person asked for instead of this time. */
  wishes: Wish[]
  wish_note: string | null
  reply: Reply
  /** When a "no" came that was too late for an answer: after the start. */
  late_no_at: string | null
  moved_to_id: string | null
  goal_id: string | null
  staff_id: string
  staff_name: string
  /** With the colleague who is signed in, not with one for whom that colleague stands in. */
  mine: boolean
  citizen_id: string
  citizen_alias: string
  reminder: ReminderStanding
}

/** Another time that a person would rather have: a moment, or a part of a day. */
export type Wish = { starts_at: string } | { on: string; day_part: 'morning' | 'afternoon' }

/** What staff say of how an appointment went; `undo` takes it back. */
export type AttendanceStep = 'arrival' | 'held' | 'no-show' | 'undo'

export interface Booking {
  id: string
  starts_at: string
  duration_minutes: number
  kind: AppointmentKind
  mode: Mode
  place: string | null
  goal_id?: string
  /** Why both are meant to be, when the colleague is taken at that time. */
  override_reason?: string
}

/** A booking that comes again: every week or every other, so many times, without some of the dates. */
export interface NewSeries extends Booking {
  rule: 'weekly' | 'fortnightly'
  count: number
  skip: string[]
}

export interface CancellationReason {
  code: string
  cancellations: Cancellation[]
  da: string
  en: string
}

export interface CancellationReasons {
  items: CancellationReason[]
  /** A "no" later than this before the start counts as late. */
  late_hours: number
  late_hours_by_kind: Partial<Record<AppointmentKind, number>>
}

export interface Move {
  id: string
  starts_at: string
  duration_minutes: number
  mode: Mode
  place: string | null
  override_reason?: string
}

export interface Goal {
  id: string
  title: string
  origin: GoalOrigin
  status: GoalStatus
  version: number
}

export interface StandIn {
  id: string
  staff_id: string
  staff_name: string
  stand_in_id: string
  stand_in_name: string
  starts_on: string | null
  ends_on: string
  reason: string
  ended_at?: string | null
}

/** A line of a shared plan, with everything it has said. */
export interface SharedLine extends PlanLine {
  history: HistoryRow[]
}

export interface SharedPlan {
  shared: boolean
  review_on?: string | null
  lines: SharedLine[]
}

export interface PlanEdit {
  id: string
  mutation_id: string
  section?: Section
  position?: string
  text?: { value: string; parents: string[] }
  phone?: { value: string | null; parents: string[] }
}

export interface PlanOutcome {
  result: string
  line: PlanLine | null
}

export interface RefusedEdit {
  id: string
  line_id: string
  content: string
  reason: string
  at: string
}
