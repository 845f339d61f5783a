import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readFarewell, writeFarewell, writeLanguage } from './farewell.ts'
import { finishWipe, sayFarewell, wipe } from './forget.ts'
import { DATABASE_NAME, openVault } from './vault.ts'

function memoryStorage(): Storage {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
    key: () => null,
    get length() {
      return items.size
    },
  }
}

const notification = { close: vi.fn() }
const subscription = { unsubscribe: vi.fn(async () => true) }
const registration = {
  getNotifications: async () => [notification],
  pushManager: { getSubscription: async () => subscription },
  unregister: vi.fn(async () => true),
}
const removedCaches: string[] = []
const clearAppBadge = vi.fn(async () => undefined)

async function storeSomething(): Promise<void> {
  const vault = await openVault()
  await vault.write([{ table: 'record', key: 'goal:1', value: { title: 'Sove' } }])
  vault.close()
}

async function databases(): Promise<(string | undefined)[]> {
  return (await indexedDB.databases()).map((each) => each.name)
}

beforeEach(async () => {
  vi.clearAllMocks()
  removedCaches.length = 0
  vi.stubGlobal('localStorage', memoryStorage())
  vi.stubGlobal('navigator', { serviceWorker: { getRegistrations: async () => [registration] }, clearAppBadge })
  vi.stubGlobal('caches', { keys: async () => ['precache', 'old'], delete: async (name: string) => removedCaches.push(name) })
  await storeSomething()
})

afterEach(() => vi.unstubAllGlobals())

describe('wipe', () => {
  it('leaves no database, cache, badge, binding, notification or language', async () => {
    writeLanguage('en')

    await wipe()

    expect(await databases()).not.toContain(DATABASE_NAME)
    expect(removedCaches).toEqual(['precache', 'old'])
    expect(notification.close).toHaveBeenCalled()
    expect(subscription.unsubscribe).toHaveBeenCalled()
    expect(registration.unregister).toHaveBeenCalled()
    expect(clearAppBadge).toHaveBeenCalled()
    expect(localStorage.getItem('language')).toBeNull()
  })

  it('leaves one mark without personal data, until the server knows', async () => {
    await wipe()

    expect(localStorage.length).toBe(1)
    expect(readFarewell()).toBe('session')
  })

  it('goes on though one part fails', async () => {
    subscription.unsubscribe.mockRejectedValueOnce(new Error('no network'))

    await wipe()

    expect(await databases()).not.toContain(DATABASE_NAME)
    expect(registration.unregister).toHaveBeenCalled()
  })
})

describe('finishWipe', () => {
  it('goes on at the next start when it was cut off', async () => {
    writeFarewell('wipe')

    await finishWipe()

    expect(await databases()).not.toContain(DATABASE_NAME)
    expect(readFarewell()).toBe('session')
  })

  it('touches nothing otherwise', async () => {
    await finishWipe()

    expect(await databases()).toContain(DATABASE_NAME)
  })
})

describe('sayFarewell', () => {
  it.each([204, 401])('takes the mark away on %i', async (status) => {
    writeFarewell('session')
    const body = status === 401 ? JSON.stringify({ code: 'session-ended' }) : null
    vi.stubGlobal('fetch', vi.fn(async () => new Response(body, { status, headers: { 'Content-Type': 'application/problem+json' } })))

    expect(await sayFarewell()).toBe(true)
    expect(readFarewell()).toBeNull()
  })

  it('keeps the mark without a network, and while the server is down', async () => {
    writeFarewell('session')
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('offline'))))
    expect(await sayFarewell()).toBe(false)

    vi.stubGlobal('fetch', vi.fn(async () => new Response(null, { status: 503 })))
    expect(await sayFarewell()).toBe(false)
    expect(readFarewell()).toBe('session')
  })

  it('asks nobody when nothing is owed', async () => {
    const fetch = vi.fn()
    vi.stubGlobal('fetch', fetch)

    expect(await sayFarewell()).toBe(true)
    expect(fetch).not.toHaveBeenCalled()
  })
})
