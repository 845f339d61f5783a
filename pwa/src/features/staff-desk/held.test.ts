import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Unreachable } from '../../api/client'
import { me } from '../../api/staff'
import type { Contact, DeskPlan } from '../../api/staffDesk'
import type { Me } from '../../api/staffTypes'
import { listKept } from '../../offline/staff-desk'
import { type LocalContact, toFields } from './contact'
import { arrive, away, contacts, depart, discard, eraseDesk, finish, find, listOpen, othersWait, plans, send, start, stayAtDesk, unsent, write } from './held'
import { askWhetherPlansMayStay, sayStillHere } from './presence'

const LEA: Me = { id: 'lea', name: 'Lea', email: 'lea@example.dk', roles: ['crisis-line'], unit: { id: 'u', slug: 'akuttilbud', name: 'Akut', phone: '' } }
const JONAS: Me = { ...LEA, id: 'jonas', name: 'Jonas' }

interface Sent {
  method: string
  path: string
  body: Record<string, unknown>
}

let sent: Sent[] = []
/** What the server says to each request in turn; null: no answer comes. After the last, everything is taken. */
let answers: (Response | null)[] = []
let version = 0

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

function taken(id: string): Contact {
  const local = find(id)
  if (!local) throw new Error('nothing is held')
  version += 1
  const rest = { known: false, citizen_id: null, citizen_alias: null, mine: true, opened_by_name: 'Lea', opened_by: null, closed_at: null, claimed: false }
  const until = { access_until: null, reopen_until: null, claim_code_until: null }
  return { ...toFields(local.values), ...rest, ...until, id, version, opened_at: local.opened_at, received_at: local.opened_at }
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  const path = url.replace('/api/v1/staff', '')
  const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {}
  sent.push({ method: init.method ?? 'GET', path, body })
  const next = answers.shift()
  if (next === null) throw new TypeError('no network')
  if (next) return next
  if (path === '/session') return json(200, me.value)
  return json(200, taken(path.split('/')[3] ?? String(body['id'])))
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  vi.stubGlobal('fetch', answer)
  depart()
  away.value = false
  sent = []
  answers = []
  me.value = LEA
  await arrive(LEA)
  sent = []
})

describe('a contact that is held here', () => {
  it('is opened once, told what was written, closed, and then gone from the browser', async () => {
    const { id } = start(null, null, 'phone')
    await write(id, { reason: ['anxiety'] })

    await finish(id, { duration: '5' })

    expect(sent.map(({ method, path }) => `${method} ${path.replace(id, ':id')}`)).toEqual([
      'POST /desk/contacts',
      'PATCH /desk/contacts/:id',
      'POST /desk/contacts/:id/close',
    ])
    expect(sent[0]?.body).toMatchObject({ id, citizen_id: null, opened_by: null })
    expect(sent[1]?.body).toEqual({ reason: ['anxiety'], duration_minutes: 5 })
    expect(await listKept('contact:')).toEqual([])
  })

  it('waits without a server, and begins in the same words when its answer was lost', async () => {
    answers = [null]
    const { id } = start(null, null, 'phone')
    await send()
    expect(away.value).toBe(true)
    await write(id, { channel: 'outreach' })
    expect(await listKept('contact:')).toHaveLength(1)

    await send()

    const openings = sent.filter(({ path }) => path === '/desk/contacts')
    expect(openings[0]?.body).toEqual(openings[1]?.body)
    expect(sent.at(-1)?.body).toEqual({ channel: 'outreach' })
    expect([away.value, unsent.value]).toEqual([false, 0])
  })

  it('keeps the words of both when a colleague was faster', async () => {
    const { id } = start(null, null, 'phone')
    await send()
    await write(id, { note: 'min' })
    const theirs = { ...taken(id), note: null, outcome: 'calmer' }
    answers = [json(412, { code: 'precondition-failed' }), json(200, theirs)]

    await send()

    expect(find(id)?.values).toMatchObject({ note: 'min', outcome: 'calmer' })
    expect(sent.at(-1)?.body).toEqual({ note: 'min' })
    expect(unsent.value).toBe(0)
  })

  it('stays, with everything that was typed, when the server will not take it', async () => {
    const { id } = start(null, null, 'phone')
    await send()
    answers = [json(422, { code: 'invalid', errors: { note: ['no'] } })]

    await finish(id, { note: 'for langt' })

    expect(find(id)).toMatchObject({ finished_at: null, values: { note: 'for langt' } })
    expect(find(id)?.refused).not.toBeNull()
    await discard(id)
    expect(await listKept('contact:')).toEqual([])
  })

  it('begins by the server’s clock where this one is wrong', async () => {
    answers = [json(422, { code: 'invalid', errors: { opened_at: ['Must lie in the past.'] } })]
    start(null, null, 'phone')

    await send()

    expect(sent.map(({ body }) => 'opened_at' in body)).toEqual([true, false])
    expect(unsent.value).toBe(0)
  })
})

describe('a contact that was ended elsewhere', () => {
  const plan = { lines: [], basis: 'oral-yes' } as unknown as DeskPlan
  const gone = () => json(409, { code: 'contact-closed' })

  it('keeps no other contact from saying that somebody is there, and shows no plan any more', async () => {
    const older = start(null, null, 'phone')
    await send()
    contacts.value = [{ ...(find(older.id) ?? older), opened_at: '2099-01-01T00:00:00.000Z' }]
    plans.value = { [older.id]: plan }
    const { id } = start(null, null, 'phone')
    await send()
    sent = []
    answers = [gone()]

    await sayStillHere()

    expect(sent.map(({ path }) => path)).toEqual([`/desk/contacts/${older.id}/presence`, `/desk/contacts/${id}/presence`])
    expect(plans.value).toEqual({})
  })

  it('shows no plan any more once the person has said no in the app, and a dead server takes none away', async () => {
    const { id } = start(null, null, 'phone')
    await send()
    plans.value = { [id]: plan }
    answers = [null, json(200, { may_read_plan: true }), json(200, { may_read_plan: false })]

    await askWhetherPlansMayStay()
    await askWhetherPlansMayStay()
    expect(plans.value).toEqual({ [id]: plan })
    await askWhetherPlansMayStay()

    expect(plans.value).toEqual({})
  })

  it('is no longer held, unless something of it was not sent', async () => {
    const ended = start(null, null, 'phone')
    const written = start(null, null, 'phone')
    await send()
    answers = [null]
    await write(written.id, { note: 'ikke sendt' })
    await send()
    answers = [json(200, { items: [] })]

    await listOpen()

    expect(find(ended.id)).toBeUndefined()
    expect(find(written.id)?.values.note).toBe('ikke sendt')
  })
})

describe('who sees it', () => {
  it('is the one who wrote it and nobody who signs in after', async () => {
    answers = [null]
    start(null, null, 'phone')
    await send()

    depart()
    me.value = JONAS
    await arrive(JONAS)
    expect(contacts.value).toEqual([])
    expect(othersWait.value).toBe(1)

    depart()
    me.value = LEA
    await arrive(LEA)
    expect(contacts.value).toHaveLength(1)
  })

  it('is nobody after signing out', async () => {
    answers = [null]
    start(null, null, 'phone')
    await send()

    await eraseDesk()

    expect(await listKept('')).toEqual([])
  })

  it('is its writer also when a colleague signed out of this browser before it was sent', async () => {
    const sentAlready = start(null, null, 'phone')
    await send()
    answers = [null]
    const { id } = start(null, null, 'phone')
    await send()
    depart()
    me.value = JONAS
    await arrive(JONAS)
    expect((await listKept<LocalContact>('contact:')).map((contact) => contact.id)).toEqual([id])
    const own = start(null, null, 'phone')

    await eraseDesk()

    expect((await listKept<LocalContact>('contact:')).map((contact) => contact.id)).toEqual([id])
    expect(await stayAtDesk(new Unreachable())).toBe(false)
    me.value = LEA
    await arrive(LEA)
    expect(contacts.value.map((contact) => contact.id)).toEqual([id])
    expect([sentAlready.id, own.id]).not.toContain(id)
  })

  it('is its owner again while the server is down, for as long as the sign-in lasts', async () => {
    const hours = (n: number) => Date.now() + n * 3_600_000

    expect(await stayAtDesk(new Unreachable(), hours(13))).toBe(false)
    expect(await stayAtDesk(new Error('a fault of ours'), hours(1))).toBe(false)
    expect(await stayAtDesk(new Unreachable(), hours(1))).toBe(true)
    expect(me.value?.id).toBe('lea')
  })
})
