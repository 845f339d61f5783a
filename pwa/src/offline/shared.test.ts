import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as phone from './phone.ts'
import { InUse, isShared } from './shared.ts'

const SOLSORT = '0199a0f2-0000-7000-8000-000000000001'

function server(status = 201): ReturnType<typeof vi.fn> {
  const answer = vi.fn(async (input: RequestInfo | URL, _init?: RequestInit) => {
    const headers = { 'Content-Type': 'application/problem+json' }
    const isPairing = String(input).endsWith('/public/pairings')
    if (isPairing && status !== 201) return new Response('{"code":"pairing-code-invalid"}', { status, headers })
    if (isPairing) return Response.json({ citizen_id: SOLSORT, alias: 'x', language: 'da' }, { status })
    if (String(input).endsWith('/session')) return new Response(null, { status: 204 })
    return Response.json({ changes: [], cursor: 'a', more: false, reset: true })
  })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', answer)
  return answer
}

const stored = async () => (await indexedDB.databases()).map((each) => each.name)

afterEach(async () => {
  await phone.leave(false)
  vi.unstubAllGlobals()
})

describe('a device that others use, too', () => {
  it('is paired without a database, and says so to the server', async () => {
    const asked = server()
    await phone.open()

    await phone.pairWith('AAAABBBB', true)
    await phone.refresh()
    await phone.choose('anything', 1)

    expect([phone.standing.value, isShared.value, await stored()]).toEqual(['paired', true, []])
    const pairing = asked.mock.calls.find(([address]) => String(address).endsWith('/public/pairings'))
    expect(JSON.parse(String(pairing?.[1]?.body))).toEqual({ code: 'AAAABBBB', shared: true })
  })

  it('is an ordinary one again after it was left', async () => {
    server()
    await phone.pairWith('AAAABBBB', true)

    await phone.leave(false)

    expect([phone.standing.value, isShared.value, phone.choices.value]).toEqual(['unpaired', false, {}])
  })

  it('is an ordinary one again after a wrong code', async () => {
    server(404)

    await expect(phone.pairWith('AAAABBBB', true)).rejects.toThrow()

    expect(isShared.value).toBe(false)
  })

  it('is refused where somebody has begun to write', async () => {
    server()
    await phone.open()
    await phone.choose('draft:add:own-actions', 'Gå en tur')

    await expect(phone.pairWith('AAAABBBB', true)).rejects.toBeInstanceOf(InUse)

    expect(phone.choices.value).toMatchObject({ 'draft:add:own-actions': 'Gå en tur' })
  })

  it('is refused where something of somebody already lies, and that stays', async () => {
    server()
    await phone.open()
    await phone.pairWith('AAAABBBB')
    await phone.refresh()
    const before = await stored()

    await expect(phone.pairWith('CCCCDDDD', true)).rejects.toBeInstanceOf(InUse)

    expect([isShared.value, await stored()]).toEqual([false, before])
    expect(before).toHaveLength(1)
  })
})
