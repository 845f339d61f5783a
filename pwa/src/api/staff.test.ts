import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { staffDa } from '../text/staff.da'
import { ApiProblem, Unreachable } from './client'
import { askSession, changeCitizen, lapsed, listStandIns, me, signIn, signOut, takeIn, written } from './staff'
import { explain, sayWait } from './staffProblems'
import type { Me } from './staffTypes'

const PERSON: Me = {
  id: 'm',
  name: 'Anders',
  email: 'anders@example.com',
  roles: ['counsellor'],
  unit: { id: 'u', slug: 's', name: 'Huset', phone: '' },
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } })
}

const server = vi.fn<typeof fetch>()

beforeEach(() => {
  server.mockReset()
  vi.stubGlobal('fetch', server)
  me.value = PERSON
  lapsed.value = false
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the session', () => {
  it('is lost when the server no longer knows it, and the console says so', async () => {
    server.mockResolvedValue(answer(401, { code: 'unauthenticated' }))

    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(me.value).toBeNull()
    expect(lapsed.value).toBe(true)
  })

  it('stays when the server is away', async () => {
    server.mockRejectedValue(new TypeError('failed'))

    await expect(listStandIns()).rejects.toBeInstanceOf(Unreachable)

    expect(me.value).toEqual(PERSON)
  })

  it('is nobody at the first visit, without an alarm', async () => {
    me.value = undefined
    server.mockResolvedValue(answer(401, { code: 'unauthenticated' }))

    await askSession()

    expect(me.value).toBeNull()
    expect(lapsed.value).toBe(false)
  })

  it('begins with the person who signed in', async () => {
    me.value = null
    lapsed.value = true
    server.mockResolvedValue(answer(200, PERSON))

    await signIn({ email: 'a@example.com', password: 'x', totp: '123456' })

    expect(me.value).toEqual(PERSON)
    expect(lapsed.value).toBe(false)
  })

  it.each([204, 401])('knows who is leaving until the page is loaded afresh, answered %d', async (status) => {
    server.mockResolvedValueOnce(answer(status, { code: 'unauthenticated' }))
    server.mockResolvedValueOnce(answer(401, { code: 'unauthenticated' }))

    await signOut().catch(() => undefined)
    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(me.value).toEqual(PERSON)
    expect(lapsed.value).toBe(false)
  })

  it('can lapse again for whoever could not be signed out', async () => {
    server.mockRejectedValueOnce(new TypeError('failed'))
    server.mockResolvedValueOnce(answer(401, { code: 'unauthenticated' }))

    await expect(signOut()).rejects.toBeInstanceOf(Unreachable)
    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(me.value).toBeNull()
    expect(lapsed.value).toBe(true)
  })

  it('can lapse again when the page was not loaded afresh in time', async () => {
    vi.useFakeTimers()
    server.mockResolvedValueOnce(answer(204, null))
    server.mockResolvedValueOnce(answer(401, { code: 'unauthenticated' }))

    await signOut()
    vi.advanceTimersByTime(10_001)
    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(me.value).toBeNull()
  })

  it('can lapse again for whoever was found signed in afterwards', async () => {
    server.mockResolvedValueOnce(answer(204, null))
    server.mockResolvedValueOnce(answer(200, PERSON))
    server.mockResolvedValueOnce(answer(401, { code: 'unauthenticated' }))

    await signOut()
    await askSession()
    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(lapsed.value).toBe(true)
  })

  it('can lapse again for whoever signed in afterwards', async () => {
    server.mockResolvedValueOnce(answer(204, null))
    server.mockResolvedValueOnce(answer(200, PERSON))
    server.mockResolvedValueOnce(answer(401, { code: 'unauthenticated' }))

    await signOut()
    await signIn({ email: 'a@example.com', password: 'x', totp: '123456' })
    await expect(listStandIns()).rejects.toBeInstanceOf(ApiProblem)

    expect(lapsed.value).toBe(true)
  })
})

describe('asking and writing', () => {
  it('takes a list bare or in a page', async () => {
    server.mockResolvedValueOnce(answer(200, [{ id: 1 }]))
    server.mockResolvedValueOnce(answer(200, { items: [{ id: 1 }] }))

    expect(await listStandIns()).toEqual(await listStandIns())
  })

  it('tells lists to look again after a write, not after a read', async () => {
    const before = written.value
    server.mockResolvedValueOnce(answer(200, []))
    await listStandIns()
    expect(written.value).toBe(before)

    server.mockResolvedValueOnce(answer(201, { id: 'c' }))
    await takeIn({ id: 'c', alias: 'B', first_contact_at: '2026-11-23T10:00:00+01:00', first_contact_channel: 'phone' })
    expect(written.value).toBe(before + 1)
  })

  it('says which version a change was made from', async () => {
    server.mockResolvedValue(answer(200, { id: 'c' }))

    await changeCitizen('c', 7, { alias: 'B' })

    const [address, init] = server.mock.calls[0] ?? []
    expect(address).toBe('/api/v1/staff/citizens/c')
    expect(new Headers(init?.headers).get('If-Match')).toBe('"7"')
  })
})

describe('saying what went wrong', () => {
  const problem = (status: number, body = {}, retryAfter: string | null = null) => new ApiProblem(status, body, retryAfter)

  it('is calm when there is no network', () => {
    expect(explain(new Unreachable(), staffDa)).toEqual({ message: staffDa.problem.network, kept: true })
  })

  it.each([
    [403, staffDa.problem.forbidden],
    [404, staffDa.problem.gone],
    [409, staffDa.problem.conflict],
    [503, staffDa.problem.unavailable],
    [500, staffDa.problem.other],
  ])('has words for %s', (status, words) => {
    expect(explain(problem(status), staffDa).message).toBe(words)
  })

  it('says when to try again', () => {
    expect(explain(problem(429, {}, '90'), staffDa).message).toContain('om 2 minutter')
    expect([sayWait(0, staffDa), sayWait(1, staffDa), sayWait(59.5, staffDa), sayWait(60, staffDa)]).toEqual([
      '1 sekund',
      '1 sekund',
      '60 sekunder',
      '1 minut',
    ])
  })

  it('puts the words at the fields, never the sentences of the server', () => {
    const refused = problem(422, { errors: { starts_at: ['Must not lie in the past.'], place: ['Too long.'] } })

    expect(explain(refused, staffDa, { starts_at: 'Den tid er gået.' })).toEqual({
      fields: { starts_at: 'Den tid er gået.', place: staffDa.problem.field },
    })
  })

  it.each([
    [403, 'own-case', { message: staffDa.problem.codes['own-case'] }],
    [409, 'relation-exists', { message: staffDa.problem.codes['relation-exists'] }],
    [409, 'cpr-known', { fields: { cpr: staffDa.problem.cprKnown } }],
  ])('says more when the code says more: %s %s', (status, code, words) => {
    expect(explain(problem(status, { code }), staffDa)).toEqual(words)
  })

  it('marks a change that another was faster with', () => {
    expect(explain(problem(412), staffDa)).toMatchObject({ stale: true })
  })

  it('gives the number of the request to mention', () => {
    expect(explain(problem(500, { request_id: 'r-1' }), staffDa).message).toContain('r-1')
  })
})
