import { describe, expect, it } from 'vitest'
import { givesAccess, isCurrent } from './Team'

const now = new Date('2026-11-22T12:00:00Z')
const relation = (starts_at: string, ends_at: string | null) => ({ starts_at, ends_at })

describe('givesAccess', () => {
  it.each([
    ['began and has no end', relation('2026-11-20T00:00:00Z', null), true],
    ['ends later', relation('2026-11-20T00:00:00Z', '2026-11-30T23:00:00Z'), true],
    ['begins on a later day', relation('2026-11-23T23:00:00Z', '2026-11-30T23:00:00Z'), false],
    ['has ended', relation('2026-11-01T00:00:00Z', '2026-11-22T11:59:00Z'), false],
  ])('when it %s', (_, one, expected) => {
    expect(givesAccess(one, now)).toBe(expected)
  })

  it('lists one that begins on a later day among those that hold', () => {
    expect(isCurrent(relation('2026-11-23T23:00:00Z', null), now)).toBe(true)
  })
})
