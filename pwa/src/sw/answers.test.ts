import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { json } from '../../tests/offline/push.ts'
import { MemoryVault } from '../offline/memory-vault.ts'
import { listMutations } from '../offline/mutations.ts'
import { ANSWER_ON_NOTICE, seenName } from '../offline/replies.ts'
import { answerable, keepAnswer } from './answers.ts'
import { answerNotice } from './reminders.ts'

const OCCURRENCE = '01938d00-0000-7000-8000-000000000001'
const NOTICE = { path: `/r/${OCCURRENCE}`, revision: 2 }
const NOW = Date.parse('2026-11-23T09:00:00Z')
const APPOINTMENT = {
  id: 'a',
  revision: 2,
  status: 'booked',
  reply: 'needs-action',
  starts_at: '2026-11-24T09:00:00Z',
  occurrence_ids: [OCCURRENCE],
}

async function phone(change: { wish?: unknown; seen?: unknown; appointment?: Record<string, unknown> } = {}): Promise<MemoryVault> {
  const vault = new MemoryVault()
  await vault.write([
    { table: 'state', key: ANSWER_ON_NOTICE, value: 'wish' in change ? change.wish : true },
    { table: 'state', key: seenName('a'), value: 'seen' in change ? change.seen : 2 },
    { table: 'record', key: 'appointment:a', value: { ...APPOINTMENT, ...change.appointment } },
    { table: 'record', key: 'goal:g', value: { id: 'g', title: 'Gå en tur' } },
  ])
  return vault
}

describe('the buttons on a notice', () => {
  it('are there for a time that the person has had on the screen', async () => {
    expect(await answerable(await phone(), NOTICE, NOW)).toMatchObject({ id: 'a' })
  })

  it.each([
    ['nobody asked for them', { wish: undefined }],
    ['the appointment was never opened', { seen: undefined }],
    ['an earlier time was on the screen', { seen: 1 }],
    ['it is moved or cancelled', { appointment: { status: 'cancelled' } }],
    ['it was answered already', { appointment: { reply: 'accepted' } }],
    ['the notice is about an older time', { appointment: { revision: 3 }, seen: 3 }],
    ['it has begun', { appointment: { starts_at: '2026-11-23T08:59:00Z' } }],
    ['the notice is about something else', { appointment: { occurrence_ids: [] } }],
  ])('are not there when %s', async (_why, change) => {
    expect(await answerable(await phone(change), NOTICE, NOW)).toBeNull()
  })

  it('are not there for a notice that leads elsewhere', async () => {
    expect(await answerable(await phone(), { path: '/', revision: 2 }, NOW)).toBeNull()
  })

  it('keep the answer with the revision that was seen, once', async () => {
    const vault = await phone()

    expect(await keepAnswer(vault, NOTICE, 'accepted', NOW)).toBe('a')
    expect(await keepAnswer(vault, NOTICE, 'accepted', NOW)).toBe('a')

    expect((await listMutations(vault)).map((row) => row.value.fields)).toEqual([{ revision: 2, reply: 'accepted' }])
  })

  it('keep nothing when the time changed after the notice was shown', async () => {
    const vault = await phone({ appointment: { revision: 3 } })

    expect(await keepAnswer(vault, NOTICE, 'declined', NOW)).toBeNull()
    expect(await listMutations(vault)).toEqual([])
  })
})

type Refusal = { result: string; code: string } | null

/** A server that takes the answer or not, and then tells how the appointment stands. */
function serve(refusal: Refusal, now: Record<string, unknown>): void {
  vi.stubGlobal('fetch', async (_address: string, init?: RequestInit) => {
    if (init?.method !== 'POST') {
      const told = { entity: 'appointment', id: 'a', op: 'put', data: { ...LATER, ...now } }
      return json({ changes: [told], cursor: 'c', more: false, reset: false })
    }
    const { mutations } = JSON.parse(String(init.body)) as { mutations: { mutation_id: string; client_seq: number }[] }
    const problem = refusal && { code: refusal.code }
    const results = mutations.map((one) => ({ ...one, result: refusal?.result ?? 'applied', data: null, problem }))
    return json({ results, last_seq: mutations.at(-1)?.client_seq ?? 0 })
  })
}

const LATER = { ...APPOINTMENT, starts_at: '2999-11-24T09:00:00Z' }
const answerNow = async (answer: 'accepted' | 'declined') => {
  const vault = await phone({ appointment: LATER })
  return answerNotice(NOTICE, answer, async () => vault)
}

describe('an answer given on the notice', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}))
  afterEach(() => vi.unstubAllGlobals())

  it('is said to be kept when the server took it, and when there is no network', async () => {
    serve(null, { reply: 'accepted' })
    expect(await answerNow('accepted')).toBe(true)

    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    expect(await answerNow('accepted')).toBe(true)
  })

  it('opens the page when the time was moved meanwhile', async () => {
    serve({ result: 'rejected_conflict', code: 'appointment-changed' }, { revision: 3 })

    expect(await answerNow('accepted')).toBe(false)
  })

  it('opens the page when the server refused it for good', async () => {
    serve({ result: 'rejected_forbidden', code: 'forbidden' }, {})

    expect(await answerNow('declined')).toBe(false)
  })

  it.each([
    ['another answer stands by now', { reply: 'declined' }],
    ['it was cancelled right after', { reply: 'accepted', status: 'cancelled' }],
  ])('opens the page when %s', async (_why, now) => {
    serve(null, now)

    expect(await answerNow('accepted')).toBe(false)
  })
})
