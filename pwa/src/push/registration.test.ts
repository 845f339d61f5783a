import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { endpointHash, mend } from './registration.ts'

const KEY = 'BPresentKey_of-this-server00'
const server = vi.fn<typeof fetch>()

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } })
}

/** A browser that is bound to one address, under the server's present key. */
function boundTo(endpoint: string): PushManager {
  const bytes = Uint8Array.from(atob(KEY.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
  const subscription = {
    endpoint,
    options: { applicationServerKey: bytes.buffer },
    getKey: () => new ArrayBuffer(16),
  }
  return { getSubscription: async () => subscription } as unknown as PushManager
}

async function serverSays(endpoint: string, silent: boolean): Promise<void> {
  const known = { active: true, silent, endpoint_hash: await endpointHash(endpoint), vapid_public_key: KEY }
  server.mockImplementation(async (_url, init) => json(init?.method === 'PUT' ? { state: 'active' } : known))
}

beforeEach(() => {
  server.mockReset()
  vi.stubGlobal('fetch', server)
  vi.stubGlobal('navigator', {})
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the binding between phone and server', () => {
  it('tells when the last reminders went out to this phone and were never shown', async () => {
    await serverSays('https://push.example/a', true)

    expect(await mend(boundTo('https://push.example/a'))).toBe(true)
    expect(server).toHaveBeenCalledTimes(1)
  })

  it('says nothing when they were shown', async () => {
    await serverSays('https://push.example/a', false)

    expect(await mend(boundTo('https://push.example/a'))).toBe(false)
  })

  it('says nothing of an address that the phone no longer has, and names the new one', async () => {
    await serverSays('https://push.example/old', true)

    expect(await mend(boundTo('https://push.example/new'))).toBe(false)
    expect(server.mock.calls.map(([, init]) => init?.method ?? 'GET')).toEqual(['GET', 'PUT'])
  })
})
