import { describe, expect, it } from 'vitest'
import { newId, versionId } from './identifiers.ts'

describe('newId', () => {
  it('is a UUIDv7 that begins with the clock', () => {
    expect(newId(Date.UTC(2026, 10, 22))).toMatch(/^01a2008d-7400-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('makes one also where the clock is before 1970', () => {
    expect(newId(-5)).toMatch(/^00000000-0000-7/)
  })
})

describe('versionId', () => {
  it('names a version as the server does', async () => {
    expect(await versionId('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'text')).toBe('fea22a2b-e24e-5d5d-b4c5-974434508b30')
  })
})
