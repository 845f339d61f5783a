import { describe, expect, it } from 'vitest'
import type { Presence } from '../../api/staffCourses'
import { canBeTaken, restPresent, shownOf, toEntries } from './marking'

const line = (citizen_id: string, written?: Presence) => ({ citizen_id, attendance: written ? { '3': written } : ({} as Record<string, Presence>) })
const LINES = [line('solsort'), line('stær', 'excused'), line('lærke', 'absent')]

describe('who came to a session', () => {
  it('is sent of those alone whom the leader marked: a no that came meanwhile stays', () => {
    expect(toEntries(LINES, 3, { solsort: 'present' })).toEqual([{ citizen_id: 'solsort', status: 'present' }])
    expect(toEntries(LINES, 3, {})).toEqual([])
  })

  it('is not sent where the mark says what is written already', () => {
    expect(toEntries(LINES, 3, { lærke: 'absent', solsort: '' })).toEqual([])
  })

  it('can be taken back', () => {
    expect(toEntries(LINES, 3, { stær: '' })).toEqual([{ citizen_id: 'stær', status: null }])
  })

  it('is shown as fetched until it is marked', () => {
    expect(LINES.map((each) => shownOf(each, 3, { lærke: 'present' }))).toEqual(['', 'excused', 'present'])
    expect(shownOf(line('gærdesmutte', 'present'), 4, {})).toBe('')
  })

  it('fills in only those of whom nothing is written', () => {
    expect(restPresent([...LINES, line('due', 'absent')], 3, { due: '' })).toEqual({ solsort: 'present', due: 'present' })
  })

  it('can be said from a quarter of an hour before it begins', () => {
    const session = { starts_at: '2026-12-01T10:00:00Z' }
    expect(['2026-12-01T09:44:59Z', '2026-12-01T09:45:00Z', '2026-12-02T10:00:00Z'].map((now) => canBeTaken(session, Date.parse(now)))).toEqual([false, true, true])
  })
})
