import { describe, expect, it, vi } from 'vitest'
import { newIdentifier } from './identifier'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('an identifier made here', () => {
  it('is a UUID, and another each time', () => {
    expect(newIdentifier()).toMatch(UUID)
    expect(newIdentifier()).not.toBe(newIdentifier())
  })

  it('is a UUID in a browser that cannot make one by itself', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) })

    expect(newIdentifier()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    vi.unstubAllGlobals()
  })
})
