/** A contact as the desk holds it: written here first, and sent when there is a way. */
import type { Contact, ContactFields, DeskChannel, Found, Gender, SearchKind } from '../../api/staffDesk'
import { newIdentifier } from '../../ui/identifier'

/** What stands in the form. Everything has a value from the start: nothing has to be asked. */
export type DeskValues = {
  channel: DeskChannel
  reason: string[]
  given: string[]
  outcome: string
  referral: string[]
  duration: string
  gender: Gender
  note: string
  safety_before: string
  safety_after: string
  may_ring: '' | 'yes' | 'no'
  phone: string
  when: string
  voicemail: 'never' | 'ok'
  code_word: string
  goal_id: string
  wants_follow_up_14d: boolean
  wants_call_72h: boolean
  wants_shown_in_app: boolean
}

export interface LocalContact {
  id: string
  /** Who writes it; nobody else is shown it. */
  owner: string
  citizen_id: string | null
  alias: string | null
  /** Whether the person has said yes in the app; null: nobody has asked in this browser. */
  sharing: boolean | null
  /** Only who opened a contact may open the plan. */
  mine: boolean
  found_by: SearchKind | null
  opened_at: string
  /** The server would not believe this browser's clock: then the server's own is taken. */
  clock_is_off: boolean
  /** The server's, or null while it has not heard of the contact. */
  version: number | null
  values: DeskValues
  /** What the server has taken of it. */
  told: ContactFields
  /** When the worker said that it is over. */
  finished_at: string | null
  /** What the server would not take: it is not sent again before something was changed. */
  refused: string | null
}

/** What is to be sent next, if anything. */
export type Step = { kind: 'open' } | { kind: 'change'; body: Partial<ContactFields> } | { kind: 'close' }

export const LONGEST_MINUTES = 24 * 60
const MINUTE = 60_000

export const NOTHING_WRITTEN: DeskValues = {
  channel: 'phone',
  reason: [],
  given: [],
  outcome: '',
  referral: [],
  duration: '',
  gender: 'not-registered',
  note: '',
  safety_before: '',
  safety_after: '',
  may_ring: '',
  phone: '',
  when: '',
  voicemail: 'never',
  code_word: '',
  goal_id: '',
  wants_follow_up_14d: false,
  wants_call_72h: false,
  wants_shown_in_app: false,
}

/** Minutes from the start of a contact, at least one. */
export function minutesSince(opened_at: string, now: number): number {
  return Math.min(LONGEST_MINUTES, Math.max(1, Math.round((now - Date.parse(opened_at)) / MINUTE)))
}

const orNull = (text: string): string | null => text.trim() || null
const number = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null)

function callbackOf(values: DeskValues): ContactFields['callback'] {
  if (values.may_ring !== 'yes') return { may_ring: false, phone: null, when: null, voicemail: 'never', code_word: null }
  const { phone, when, voicemail, code_word } = values
  return { may_ring: true, phone: orNull(phone), when: orNull(when), voicemail, code_word: orNull(code_word) }
}

/** The form as it goes over the wire. */
export function toFields(values: DeskValues): ContactFields {
  return {
    channel: values.channel,
    reason: values.reason,
    given: values.given,
    outcome: orNull(values.outcome),
    referral: values.referral,
    duration_minutes: number(values.duration),
    gender: values.gender,
    note: orNull(values.note),
    safety_before: number(values.safety_before),
    safety_after: number(values.safety_after),
    goal_id: orNull(values.goal_id),
    callback: callbackOf(values),
    wants_follow_up_14d: values.wants_follow_up_14d,
    wants_call_72h: values.wants_call_72h,
    wants_shown_in_app: values.wants_shown_in_app,
  }
}

function toValues(contact: ContactFields): DeskValues {
  const { callback } = contact
  return {
    channel: contact.channel,
    reason: contact.reason,
    given: contact.given,
    outcome: contact.outcome ?? '',
    referral: contact.referral,
    duration: contact.duration_minutes?.toString() ?? '',
    gender: contact.gender,
    note: contact.note ?? '',
    safety_before: contact.safety_before?.toString() ?? '',
    safety_after: contact.safety_after?.toString() ?? '',
    may_ring: callback.may_ring ? 'yes' : '',
    phone: callback.phone ?? '',
    when: callback.when ?? '',
    voicemail: callback.voicemail,
    code_word: callback.code_word ?? '',
    goal_id: contact.goal_id ?? '',
    wants_follow_up_14d: contact.wants_follow_up_14d,
    wants_call_72h: contact.wants_call_72h,
    wants_shown_in_app: contact.wants_shown_in_app,
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A contact that begins now, with whom the search found, or without a name. */
export function begin(owner: string, found: Found | null, found_by: SearchKind | null, channel: DeskChannel, now: Date): LocalContact {
  const values = { ...NOTHING_WRITTEN, channel }
  return {
    id: newIdentifier(now.getTime()),
    owner,
    citizen_id: found?.citizen_id ?? null,
    alias: found?.alias ?? null,
    sharing: found?.sharing ?? null,
    mine: true,
    found_by: found ? found_by : null,
    opened_at: now.toISOString(),
    clock_is_off: false,
    version: null,
    values,
    told: toFields(values),
    finished_at: null,
    refused: null,
  }
}

/** A contact that the server has, to go on with in this browser. */
export function fromServer(owner: string, contact: Contact): LocalContact {
  const told = fieldsOf(contact)
  return {
    id: contact.id,
    owner,
    citizen_id: contact.citizen_id,
    alias: contact.citizen_alias,
    sharing: null,
    mine: contact.mine,
    found_by: contact.opened_by,
    opened_at: contact.opened_at,
    clock_is_off: false,
    version: contact.version,
    values: toValues(told),
    told,
    finished_at: null,
    refused: null,
  }
}

/** The part of the server's answer that can be written. */
export function fieldsOf(contact: Contact): ContactFields {
  return toFields(toValues(contact))
}

/** What was written here and the server does not have yet. */
export function unsaid(contact: LocalContact): Partial<ContactFields> {
  const wanted = toFields(contact.values)
  const names = Object.keys(wanted) as (keyof ContactFields)[]
  return Object.fromEntries(names.filter((name) => !same(wanted[name], contact.told[name])).map((name) => [name, wanted[name]]))
}

export function nextStep(contact: LocalContact): Step | null {
  if (contact.version === null) return { kind: 'open' }
  const body = unsaid(contact)
  if (Object.keys(body).length > 0) return same(body, contact.refused && JSON.parse(contact.refused)) ? null : { kind: 'change', body }
  return contact.finished_at ? { kind: 'close' } : null
}

/** Whether something of it would be lost with this browser. */
export function isUnsent(contact: LocalContact): boolean {
  return contact.version === null || contact.finished_at !== null || Object.keys(unsaid(contact)).length > 0
}

/** After the server took a step. What was typed meanwhile stays, and is sent next. */
export function taken(contact: LocalContact, step: Step, answer: Contact): LocalContact {
  const told = step.kind === 'change' ? { ...contact.told, ...step.body } : contact.told
  return { ...contact, version: answer.version, told, refused: null }
}

const LISTS = ['reason', 'given', 'referral'] as const

/** What either of two people ticked, without what either of them took away. */
function ticked(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const stays = theirs.filter((code) => mine.includes(code) || !base.includes(code))
  return [...stays, ...mine.filter((code) => !base.includes(code) && !theirs.includes(code))]
}

/** No word of either is left out. */
function bothWords(mine: string, theirs: string): string {
  if (mine.includes(theirs)) return mine
  return theirs.includes(mine) ? theirs : `${theirs}\n\n${mine}`
}

/**
 * Somebody else has written in it too: what only one of the two changed stands, and where both did, the ticks and the
 * notes of both stand, and of anything else what this form says. `tried` was sent before, and no answer came.
 */
export function merged(contact: LocalContact, theirs: Contact, tried: Partial<ContactFields> = {}): LocalContact {
  const told = fieldsOf(theirs)
  const names = Object.keys(tried) as (keyof ContactFields)[]
  const taken = Object.fromEntries(names.filter((name) => same(tried[name], told[name])).map((name) => [name, told[name]]))
  const [base, there, mine] = [toValues({ ...contact.told, ...taken }), toValues(told), contact.values]
  const changed = (Object.keys(mine) as (keyof DeskValues)[]).filter((name) => !same(mine[name], base[name]))
  const both = changed.filter((name) => !same(there[name], base[name]))
  const values: DeskValues = { ...there, ...Object.fromEntries(changed.map((name) => [name, mine[name]])) }
  for (const name of LISTS) if (both.includes(name)) values[name] = ticked(base[name], mine[name], there[name])
  if (both.includes('note')) values.note = bothWords(mine.note, there.note)
  return { ...contact, version: theirs.version, told, values, refused: null }
}
