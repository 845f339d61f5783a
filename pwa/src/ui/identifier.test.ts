import { describe, expect, it } from 'vitest'
import { newIdentifier } from './identifier'

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('an identifier made here', () => {
  it('is a UUIDv7, and another each time', () => {
    expect(newIdentifier()).toMatch(UUID_7)
    expect(newIdentifier()).not.toBe(newIdentifier())
  })

  it('begins with its time, so that newer sorts after older', () => {
    expect(newIdentifier(Date.UTC(2026, 10, 23)).slice(0, 13)).toBe(hexTime(Date.UTC(2026, 10, 23)))
    expect(newIdentifier(2000) > newIdentifier(1000)).toBe(true)
  })
})

function hexTime(now: number): string {
  const hex = now.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
