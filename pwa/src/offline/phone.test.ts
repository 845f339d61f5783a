import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as phone from './phone.ts'

const SOLSORT = '0199a0f2-0000-7000-8000-000000000001'
const MUSVIT = '0199a0f2-0000-7000-8000-000000000002'

function goal(id: string) {
  return { entity: 'goal', id, op: 'put', data: { id, title: id, origin: 'citizen', status: 'active', version: 1 } }
}

function problem(status: number): Response {
  const headers = { 'Content-Type': 'application/problem+json' }
  return new Response(JSON.stringify({ code: 'session-expired' }), { status, headers })
}

/** A server at which one person is paired and has one goal. */
function serverOf(citizenId: string, pullStatus = 200): void {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal(
    'fetch',
    vi.fn(async (input: RequestInfo | URL) => {
      const address = String(input)
      if (address.endsWith('/public/pairings'))
        return Response.json({ citizen_id: citizenId, alias: 'x', language: 'da' }, { status: 201 })
      if (pullStatus !== 200) return problem(pullStatus)
      return Response.json({ changes: [goal(citizenId)], cursor: citizenId, more: false, reset: true })
    }),
  )
}

const goals = () => phone.records.value.goals.map((each) => each.id)

afterEach(() => vi.unstubAllGlobals())

describe('a phone whose session is too old', () => {
  it('keeps what it holds, asks for a code, and gives way before another name is shown', async () => {
    serverOf(SOLSORT)
    await phone.open()
    await phone.pairWith('AAAABBBB')
    await phone.refresh()
    expect(goals()).toEqual([SOLSORT])

    serverOf(SOLSORT, 401)
    await phone.refresh()
    expect([phone.needsCode.value, phone.standing.value, goals()]).toEqual([true, 'paired', [SOLSORT]])

    serverOf(MUSVIT)
    await phone.pairWith('CCCCDDDD')
    expect(goals()).not.toContain(SOLSORT)

    await phone.refresh()
    expect([phone.needsCode.value, goals()]).toEqual([false, [MUSVIT]])
  })
})

describe('a phone that says that it has a network again', () => {
  /** How often the server is asked in vain before it answers. */
  async function asksUntil(answeredAfter: number): Promise<number> {
    serverOf(SOLSORT)
    await phone.open()
    await phone.pairWith('AAAABBBB')
    await phone.refresh()
    const answering = globalThis.fetch
    let asked = 0
    vi.stubGlobal('fetch', async (input: RequestInfo) => {
      asked += 1
      if (asked <= answeredAfter) throw new TypeError('no network')
      return answering(input)
    })
    await phone.comeBack([1, 1, 1])
    return asked
  }

  it('tries again when nothing came through at first', async () => {
    expect(await asksUntil(2)).toBe(3)
    expect(phone.reached.value).toBe(true)
  })

  it('asks once where that is enough, and gives up for now after four', async () => {
    expect(await asksUntil(0)).toBe(1)
    expect(await asksUntil(9)).toBe(4)
    expect(phone.reached.value).toBe(false)
  })
})
