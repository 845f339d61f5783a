import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CourseSession } from '../api/courses.ts'
import { applyLeaving } from './courses.ts'
import type { QueuedMutation } from './mutations.ts'
import { deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Store = typeof import('./course-store.ts')

let phone: Phone
let store: Store

async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  store = await import('./course-store.ts')
  await phone.open()
}

const NOW = Date.parse('2026-11-22T12:00:00Z')
const RUN = '018f0000-0000-7000-8000-000000000001'
const PLACE = '018f0000-0000-7000-8000-000000000002'

function session(said: Partial<CourseSession> = {}): CourseSession {
  const when = { starts_at: '2026-11-26T09:00:00Z', minutes: 90, place: null, status: 'booked' as const, revision: 1 }
  return { id: 's3', run_id: RUN, enrollment_id: PLACE, goal_id: null, code: 'learning', number: 3, theme: 'children', theme_title: null, ...when, my: 'enrolled', attended: null, excused: false, occurrence_ids: [], ...said }
}

const leaving = (fields: Record<string, string | number>) => [{ entity: 'enrollment', op: 'leave', fields } as unknown as QueuedMutation]

describe('saying no to a time', () => {
  it('is seen at once, for that time alone', () => {
    const said = leaving({ session_id: 's3' })

    expect(applyLeaving(session(), said, NOW).excused).toBe(true)
    expect(applyLeaving(session({ id: 's4' }), said, NOW)).toEqual(session({ id: 's4' }))
  })

  it('ends all times ahead when the person comes no more, and leaves what was', () => {
    const been = session({ id: 's1', starts_at: '2026-11-12T09:00:00Z', attended: true })
    const said = leaving({ run_id: RUN })

    expect(applyLeaving(session(), said, NOW).my).toBe('left')
    expect(applyLeaving(been, said, NOW)).toEqual(been)
  })
})

describe('a no to what was seen', () => {
  it('says nothing of the time that the session has got since', () => {
    const said = leaving({ session_id: 's3', revision: 1 })

    expect(applyLeaving(session(), said, NOW).excused).toBe(true)
    expect(applyLeaving(session({ revision: 2 }), said, NOW).excused).toBe(false)
  })

  it('that was queued without saying what was seen is believed of an unchanged time alone', () => {
    const said = leaving({ session_id: 's3' })

    expect([1, 2].map((revision) => applyLeaving(session({ revision }), said, NOW).excused)).toEqual([true, false])
  })

  it('says nothing of a place that the person has got since', () => {
    const said = leaving({ run_id: RUN, enrollment_id: 'earlier' })

    expect(applyLeaving(session({ enrollment_id: 'earlier' }), said, NOW).my).toBe('left')
    expect(applyLeaving(session(), said, NOW).my).toBe('enrolled')
  })
})

/** A house that takes what the phone says, or says that the time is over. */
function houseThat(takes: boolean, code = 'session-over') {
  return async (input: RequestInfo | URL, init?: RequestInit) => {
    const address = String(input)
    if (address.endsWith('/public/pairings')) return Response.json({ citizen_id: RUN, alias: 'x', language: 'da' }, { status: 201 })
    if (address.endsWith('/session')) return new Response(null, { status: 204 })
    if (init?.method === 'POST') {
      const { mutations } = JSON.parse(String(init.body)) as { mutations: { mutation_id: string; client_seq: number }[] }
      const answer = takes ? { result: 'applied', problem: null } : { result: 'rejected_conflict', problem: { code } }
      return Response.json({ results: mutations.map(({ mutation_id, client_seq }) => ({ mutation_id, client_seq, data: null, ...answer })) })
    }
    return Response.json({ changes: [], cursor: 'a', more: false, reset: false })
  }
}

describe('a no on its way to the house', () => {
  beforeEach(async () => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('fetch', houseThat(true))
    await start()
    await phone.pairWith('AAAABBBB', false)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    await store.skipSession(session())
    await phone.refresh()
  })

  afterEach(async () => {
    vi.stubGlobal('fetch', houseThat(true))
    await phone.leave(false)
    await deleteVault()
    vi.unstubAllGlobals()
  })

  it('is said to wait until it was sent', async () => {
    expect(store.isLeavingUnsent.value).toBe(true)
    vi.stubGlobal('fetch', houseThat(true))

    await phone.refresh()

    expect([store.isLeavingUnsent.value, store.refusedLeaving.value]).toEqual([false, []])
  })

  it('names what the person saw, so that nobody gives up an unseen time', async () => {
    await store.leaveCourse(session())

    expect(phone.queue.value.map(({ entity_id, op, fields }) => [entity_id, op, fields])).toEqual([
      ['s3', 'leave', { session_id: 's3', revision: 1 }],
      [RUN, 'leave', { run_id: RUN, enrollment_id: PLACE }],
    ])
  })

  it.each([
    ['session-changed', 'moved'],
    ['place-changed', 'again'],
    ['anything-else', 'refused'],
  ])('that was refused with %s is asked for again in words of its own', async (code, because) => {
    vi.stubGlobal('fetch', houseThat(false, code))
    await phone.refresh()

    expect(store.refusedLeaving.value.map((each) => each.because)).toEqual([because])
  })

  it('that came when the time was over is told of until the person has seen it', async () => {
    vi.stubGlobal('fetch', houseThat(false))
    await phone.refresh()
    await phone.refresh()
    await start()
    const [refused] = store.refusedLeaving.value

    expect([store.isLeavingUnsent.value, refused?.because]).toEqual([false, 'over'])
    expect(await store.putAwayRefused(refused!.id)).toBe(true)
    expect(store.refusedLeaving.value).toEqual([])
  })
})

describe('what somebody thinks of a run', () => {
  beforeEach(async () => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    await start()
  })

  afterEach(async () => {
    await phone.refresh()
    await phone.leave(false)
    await deleteVault()
    vi.unstubAllGlobals()
  })

  it('is kept without a network, and said anew under the same id', async () => {
    await store.putFeedback(RUN, { knowledge: 3, useful: null, words: 'Godt' }, null)
    const before = store.feedbackByRun.value.get(RUN)
    await store.putFeedback(RUN, { knowledge: 4, useful: 2, words: null }, before!.at)
    await start()

    expect(store.feedbackByRun.value.get(RUN)).toMatchObject({ id: before?.id, knowledge: 4, useful: 2, words: null })
    expect(phone.queue.value.map(({ fields }) => fields['seen_at'])).toEqual([null, before!.at])
  })

  it('leaves no word on the phone when it is deleted for good', async () => {
    await store.putFeedback(RUN, { knowledge: 3, useful: null, words: 'Mine egne ord' }, null)

    await store.eraseFeedback(store.feedbackByRun.value.get(RUN)!.id)
    await start()

    expect(store.feedbackByRun.value.size).toBe(0)
    expect(JSON.stringify(phone.queue.value)).not.toContain('Mine egne ord')
  })
})
