import { describe, expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'

const THEMES = ['violence', 'care-for-myself', 'relationship', 'children', 'law']
const NOW = Date.parse('2026-11-22T12:00:00Z')

const at = (theme: string, attended: boolean | null, starts_at = '2026-11-17T10:00:00Z', more = {}) => ({
  code: 'learning',
  theme,
  attended,
  status: 'booked' as const,
  my: 'enrolled' as const,
  excused: false,
  starts_at,
  ...more,
})

describe('which themes somebody has been at', () => {
  it('counts a theme once, in whichever run it was', () => {
    const found = coverageOf('learning', THEMES, [at('relationship', true), at('relationship', true, '2026-12-01T10:00:00Z')], NOW)

    expect([...found]).toEqual([
      ['violence', 'open'],
      ['care-for-myself', 'open'],
      ['relationship', 'been'],
      ['children', 'open'],
      ['law', 'open'],
    ])
  })

  it('keeps a theme open that somebody was not at, and says ahead as soon as it is booked again', () => {
    const missed = at('children', false)

    expect(coverageOf('learning', THEMES, [missed], NOW).get('children')).toBe('open')
    expect(coverageOf('learning', THEMES, [missed, at('children', null, '2026-12-15T10:00:00Z')], NOW).get('children')).toBe('ahead')
  })

  it('never counts what was cancelled, waited for or said no to as ahead', () => {
    const later = '2026-12-15T10:00:00Z'
    const none = [at('law', null, later, { status: 'cancelled' }), at('law', null, later, { my: 'waiting' }), at('law', null, later, { excused: true })]

    expect(coverageOf('learning', THEMES, none, NOW).get('law')).toBe('open')
  })

  it('does not take a theme of one course for that of another', () => {
    expect(coverageOf('learning', THEMES, [at('law', true, undefined, { code: 'group-days' })], NOW).get('law')).toBe('open')
  })
})
