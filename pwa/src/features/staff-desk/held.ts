/** The contacts that this browser holds: kept sealed at every stroke, sent in the background, gone when they are sent. */
import { batch, computed, signal } from '@preact/signals'
import { ApiProblem, Unreachable } from '../../api/client'
import { call, me } from '../../api/staff'
import {
  changeContact,
  closeContact,
  type Contact,
  type ContactCard,
  type ContactFields,
  type DeskChannel,
  type DeskPlan,
  type Found,
  getContact,
  listOpenContacts,
  openContact,
  type SearchKind,
} from '../../api/staffDesk'
import type { Me } from '../../api/staffTypes'
import { eraseKept, keep, letGo, listKept } from '../../offline/staff-desk'
import { dropDraft, keepDraft } from '../../ui/drafts'
import { begin, type DeskValues, fromServer, isUnsent, type LocalContact, merged, nextStep, type Step, taken } from './contact'

/** As long as a sign-in lasts at the server, and no longer. */
const SIGN_IN_LASTS_MS = 12 * 3_600_000
const AFTER_TYPING_MS = 1_500
export const TRY_AGAIN_MS = 3_000
const ME = 'me'
const CONTACT = 'contact:'
const UNKEPT = 'desk:unkept'

/** Those of the person who is signed in. */
export const contacts = signal<readonly LocalContact[]>([])
/** Contacts that a colleague left unsent in this browser: they wait for that colleague, and nobody reads them. */
export const othersWait = signal(0)
/** The server does not answer. */
export const away = signal(false)
/** The browser stores nothing: what is typed lives as long as the page. */
export const unkept = signal(false)
/** Plans that were opened, for as long as their contact is open and the page stays. */
export const plans = signal<Readonly<Record<string, DeskPlan>>>({})

/** Finished, and still to be sent. */
export const waiting = computed(() => contacts.value.filter((contact) => contact.finished_at))
export const open = computed(() => contacts.value.filter((contact) => !contact.finished_at))
export const unsent = computed(() => contacts.value.filter(isUnsent).length)

let writing: Promise<void> = Promise.resolve()

/** One write after the other: the last one typed is the one that stays. */
function store(work: () => Promise<void>): Promise<void> {
  writing = writing.then(work).then(
    () => {
      unkept.value = false
      dropDraft(UNKEPT)
    },
    () => {
      unkept.value = true
      // The browser asks before the page is closed.
      keepDraft(UNKEPT, true)
    },
  )
  return writing
}

export function find(id: string): LocalContact | undefined {
  return contacts.value.find((contact) => contact.id === id)
}

function put(contact: LocalContact): Promise<void> {
  contacts.value = [...contacts.value.filter((other) => other.id !== contact.id), contact]
  return store(() => keep(CONTACT + contact.id, contact))
}

function drop(id: string): Promise<void> {
  batch(() => {
    contacts.value = contacts.value.filter((contact) => contact.id !== id)
    shutPlan(id)
  })
  return store(() => letGo(CONTACT + id))
}

/** The plan goes from the screen: the contact that let it be read is over. */
export function shutPlan(id: string): void {
  const { [id]: _gone, ...rest } = plans.value
  plans.value = rest
}

/** The unit's open contacts. What was ended elsewhere and holds nothing unsent is no longer held here. */
export async function listOpen(): Promise<ContactCard[]> {
  const settled = open.value.filter((contact) => !isUnsent(contact))
  const listed = await listOpenContacts()
  const ids = new Set(listed.map((contact) => contact.id))
  for (const contact of settled) if (!ids.has(contact.id) && find(contact.id) === contact) void drop(contact.id)
  return listed
}

/** What the next signed-in person of this browser may see, and who that is if the server cannot be asked. */
export async function arrive(person: Me, now = Date.now()): Promise<void> {
  await writing
  const all = await listKept<LocalContact>(CONTACT).catch(() => [])
  const known = await recalled(now)
  batch(() => {
    // What was typed before the store had answered is newer.
    const own = all.filter((contact) => contact.owner === person.id && !find(contact.id))
    contacts.value = [...contacts.value.filter((contact) => contact.owner === person.id), ...own]
    othersWait.value = all.filter((contact) => contact.owner !== person.id && isUnsent(contact)).length
  })
  // Of a colleague's contacts nothing stays that the server has.
  for (const contact of all) if (contact.owner !== person.id && !isUnsent(contact)) await store(() => letGo(CONTACT + contact.id))
  if (known?.id !== person.id) await store(() => keep(ME, { person, since: now }))
  soon(0)
}

/** Nothing of anybody is left in memory; what is kept waits, sealed, for its owner. */
export function depart(): void {
  clearTimeout(timer)
  batch(() => {
    contacts.value = []
    plans.value = {}
    othersWait.value = 0
  })
}

/** Signed out: the browser forgets all of the desk, but for what a colleague wrote here and the server does not have. */
export async function eraseDesk(): Promise<void> {
  const own = me.value?.id
  depart()
  await writing
  const all = await listKept<LocalContact>(CONTACT).catch(() => [])
  const goes = (contact: LocalContact) => contact.owner === own || !isUnsent(contact)
  if (all.every(goes)) return eraseKept().catch(() => undefined)
  for (const contact of all.filter(goes)) await store(() => letGo(CONTACT + contact.id))
  await forgetWho()
}

async function recalled(now: number): Promise<Me | null> {
  const [kept] = await listKept<{ person: Me; since: number }>(ME).catch(() => [])
  return kept && now - kept.since < SIGN_IN_LASTS_MS ? kept.person : null
}

export const isDown = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && [502, 503, 504].includes(error.status))

/** While the server is down, whoever was at the desk in this browser goes on: with what is kept here, and no more. */
export async function stayAtDesk(error: unknown, now = Date.now()): Promise<boolean> {
  const person = isDown(error) ? await recalled(now) : null
  if (!person) return false
  batch(() => {
    away.value = true
    me.value = person
  })
  return true
}

export function start(found: Found | null, by: SearchKind | null, channel: DeskChannel): LocalContact {
  const contact = begin(me.value?.id ?? '', found, by, channel, new Date())
  void put(contact)
  soon(0)
  return contact
}

/** Goes on in this browser with a contact that the server has. */
export function takeUp(contact: Contact): LocalContact {
  const here = find(contact.id)
  const local = here ?? fromServer(me.value?.id ?? '', contact)
  if (!here) void put(local)
  return local
}

/** Kept at every stroke, sent a moment after the last one. Resolves when this browser has it. */
export function write(id: string, values: Partial<DeskValues>): Promise<void> {
  const contact = find(id)
  if (!contact) return Promise.resolve()
  soon(AFTER_TYPING_MS)
  return put({ ...contact, values: { ...contact.values, ...values } })
}

/** The worker says that it is over; it is sent now, or as soon as there is a way. */
export function finish(id: string, values: Partial<DeskValues>): Promise<void> {
  const contact = find(id)
  if (!contact) return Promise.resolve()
  shutPlan(id)
  void put({ ...contact, values: { ...contact.values, ...values }, finished_at: new Date().toISOString(), refused: null })
  return send()
}

/** Lets a contact go that the server will never take. */
export const discard = (id: string): Promise<void> => drop(id)

let timer: ReturnType<typeof setTimeout> | undefined
let sending: Promise<void> | null = null
let again = false

export function soon(milliseconds: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void send(), milliseconds)
}

/** Sends what is to be sent, one thing after the other; asks again later where no answer came. */
export function send(): Promise<void> {
  if (sending) {
    again = true
    return sending
  }
  clearTimeout(timer)
  sending = sendAll().finally(() => {
    sending = null
    if (!again) return
    again = false
    soon(0)
  })
  return sending
}

async function sendAll(): Promise<void> {
  // Whoever signed out is not brought back.
  if (!me.value) return
  try {
    if (away.value) await ask()
    for (const { id } of contacts.value) await sendOne(id)
    away.value = false
  } catch (error) {
    if (!isDown(error) && !isPatience(error)) return
    away.value = isDown(error)
    soon(TRY_AGAIN_MS)
  }
}

const isPatience = (error: unknown): boolean => error instanceof ApiProblem && error.status === 429

/** Whether the sign-in still holds; a no ends it, and what was typed stays. */
async function ask(): Promise<void> {
  me.value = await call<Me>('/staff/session')
}

async function sendOne(id: string): Promise<void> {
  for (let contact = find(id); contact; contact = find(id)) {
    const step = nextStep(contact)
    if (!step) return
    if (!(await tryStep(contact, step))) return
  }
}

/** What was sent and not answered: the server may have it. */
const unanswered = new Map<string, Partial<ContactFields>>()

async function tryStep(contact: LocalContact, step: Step): Promise<boolean> {
  try {
    const answer = await take(contact, step)
    unanswered.delete(contact.id)
    const now = find(contact.id)
    if (!now) return false
    if (step.kind === 'close') await drop(now.id)
    else await put(taken(now, step, answer))
    return true
  } catch (error) {
    return settle(contact, step, error)
  }
}

function take(contact: LocalContact, step: Step): Promise<Contact> {
  const { id, citizen_id, opened_at, clock_is_off, found_by, told, version } = contact
  const began = clock_is_off ? {} : { opened_at }
  // A repeated beginning must be the same beginning: a channel that was chosen since is told as a change.
  if (step.kind === 'open') return openContact({ id, citizen_id, channel: told.channel, opened_by: found_by, ...began })
  return step.kind === 'change' ? changeContact(id, version ?? 0, step.body) : closeContact(id, version ?? 0)
}

/** What a refusal comes to. True: there is something to be tried at once. */
async function settle(contact: LocalContact, step: Step, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiProblem) || isDown(error)) {
    if (step.kind === 'change') unanswered.set(contact.id, step.body)
    throw error
  }
  if (isPatience(error) || error.status === 401) throw error
  const now = find(contact.id)
  if (!now) return false
  if (error.status === 412) {
    await put(merged(now, await getContact(now.id), unanswered.get(now.id)))
    unanswered.delete(now.id)
    return true
  }
  if (step.kind === 'open' && error.fields['opened_at'] && !now.clock_is_off) {
    await put({ ...now, clock_is_off: true })
    return true
  }
  if (error.status === 409 && step.kind === 'close') {
    await drop(now.id)
    return false
  }
  if (error.status === 404 || error.status === 409) shutPlan(now.id)
  await put({ ...now, refused: step.kind === 'change' ? JSON.stringify(step.body) : step.kind, finished_at: null })
  return false
}

/** Somebody else signed in, or nobody is any more: the server being down must not bring the one before back. */
export const forgetWho = (): Promise<void> => store(() => letGo(ME))
