import { describe, expect, it } from 'vitest'
import type { Appointment } from '../../api/citizen.ts'
import { divide, findCalledOff, findNext, findSuccessor, mayAnswer } from './order.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const appointment = (id: string, starts_at: string, more: Partial<Appointment> = {}) =>
  ({ id, starts_at, duration_minutes: 45, status: 'booked', cancellation: null, moved_to_id: null, ...more }) as Appointment

describe('findNext', () => {
  it('is the first that takes place, also while it runs', () => {
    const all = [
      appointment('over', '2026-11-23T08:00:00Z'),
      appointment('off', '2026-11-23T08:30:00Z', { status: 'cancelled' }),
      appointment('running', '2026-11-23T08:40:00Z'),
      appointment('later', '2026-11-24T08:00:00Z'),
    ]

    expect(findNext(all, NOW)?.id).toBe('running')
  })

  it('is none when nothing is left', () => {
    expect(findNext([appointment('noshow', '2026-11-24T08:00:00Z', { status: 'noshow' })], NOW)).toBeUndefined()
  })
})

describe('divide', () => {
  it('keeps a cancelled time in sight until it would have begun', () => {
    const all = [
      appointment('past', '2026-11-20T08:00:00Z', { status: 'fulfilled' }),
      appointment('off', '2026-11-24T08:00:00Z', { status: 'cancelled' }),
      appointment('next', '2026-11-25T08:00:00Z'),
    ]

    const { coming, earlier } = divide(all, NOW)

    expect(coming.map((each) => each.id)).toEqual(['off', 'next'])
    expect(earlier.map((each) => each.id)).toEqual(['past'])
  })

  it('hides what should never have been written', () => {
    const { coming, earlier } = divide([appointment('x', '2026-11-25T08:00:00Z', { status: 'entered-in-error' })], NOW)

    expect([...coming, ...earlier]).toEqual([])
  })
})

describe('findCalledOff', () => {
  const off = appointment('off', '2026-11-24T08:00:00Z', { status: 'cancelled', cancellation: 'by-service' })

  it('is a cancelled time before the next one', () => {
    expect(findCalledOff([off, appointment('next', '2026-11-25T08:00:00Z')], NOW)?.id).toBe('off')
    expect(findCalledOff([off], NOW)?.id).toBe('off')
  })

  it('is none when something takes place before it, when it was moved, or when its time has come', () => {
    const moved = { ...off, cancellation: 'moved' } as Appointment

    expect(findCalledOff([appointment('next', '2026-11-23T10:00:00Z'), off], NOW)).toBeUndefined()
    expect(findCalledOff([moved], NOW)).toBeUndefined()
    expect(findCalledOff([off], Date.parse(off.starts_at))).toBeUndefined()
  })
})

describe('mayAnswer', () => {
  it('ends when the appointment begins', () => {
    expect(mayAnswer(appointment('a', '2026-11-23T09:01:00Z'), NOW)).toBe(true)
    expect(mayAnswer(appointment('a', '2026-11-23T09:00:00Z'), NOW)).toBe(false)
    expect(mayAnswer(appointment('a', '2026-11-25T09:00:00Z', { status: 'cancelled' }), NOW)).toBe(false)
  })
})

describe('findSuccessor', () => {
  it('follows an appointment that was moved twice', () => {
    const all = [
      appointment('a', '2026-11-24T08:00:00Z', { moved_to_id: 'b' }),
      appointment('b', '2026-11-25T08:00:00Z', { moved_to_id: 'c' }),
      appointment('c', '2026-11-26T08:00:00Z'),
    ]

    expect(findSuccessor(all[0] as Appointment, all)?.id).toBe('c')
  })

  it('finds none when the new one has not arrived, or nothing was moved', () => {
    const moved = appointment('a', '2026-11-24T08:00:00Z', { moved_to_id: 'b' })
    const still = appointment('s', '2026-11-24T08:00:00Z')

    expect(findSuccessor(moved, [moved])).toBeUndefined()
    expect(findSuccessor(still, [still])).toBeUndefined()
  })
})
