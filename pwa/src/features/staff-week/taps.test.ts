import { describe, expect, it } from 'vitest'
import type { Reply } from '../../api/staffTypes'
import { isToBeCancelled, isUnsaid, stepsFor, toAnswer } from './taps'

const START = '2026-11-24T09:00:00Z'
const now = (time: string) => new Date(`2026-11-24T${time}:00Z`)
const told = (status: 'booked' | 'arrived' | 'fulfilled' | 'noshow' | 'cancelled', closed_at: string | null = null) => ({
  status,
  starts_at: START,
  ends_at: '2026-11-24T09:45:00Z',
  closed_at,
  reply: 'accepted' as Reply,
})

describe('the taps of an appointment', () => {
  it('are none the day before', () => {
    expect(stepsFor(told('booked'), new Date('2026-11-23T22:59:00Z'))).toEqual([])
  })

  it('let a person arrive early, and not come only after the start', () => {
    expect(stepsFor(told('booked'), now('08:40'))).toEqual(['arrival'])
    expect(stepsFor(told('booked'), now('09:00'))).toEqual(['arrival', 'held', 'no-show'])
  })

  it('follow who has come', () => {
    expect(stepsFor(told('arrived'), now('08:30'))).toEqual(['undo'])
    expect(stepsFor(told('arrived'), now('08:50'))).toEqual(['held', 'undo'])
  })

  it('let an arrival that was a mistake become a no-show, or be taken back days later', () => {
    expect(stepsFor(told('arrived'), now('09:30'))).toEqual(['held', 'no-show', 'undo'])
    expect(stepsFor(told('arrived'), new Date('2026-12-24T09:30:00Z'))).toEqual(['held', 'no-show', 'undo'])
  })

  it('lead to a cancellation, never to a no-show, when the person had said no', () => {
    const declined = { ...told('booked'), reply: 'declined' as const }

    expect(stepsFor(declined, now('09:30'))).toEqual(['arrival', 'held'])
    expect(isToBeCancelled(declined, now('09:30'))).toBe(true)
    expect(isToBeCancelled(declined, now('08:59'))).toBe(false)
    expect(isToBeCancelled(told('booked'), now('09:30'))).toBe(false)
  })

  it('can be taken back for a day', () => {
    expect(stepsFor(told('noshow', '2026-11-24T09:10:00Z'), now('12:00'))).toEqual(['undo'])
    expect(stepsFor(told('noshow', '2026-11-24T09:10:00Z'), new Date('2026-11-25T09:10:00Z'))).toEqual([])
    expect(stepsFor(told('cancelled'), now('09:10'))).toEqual([])
  })

  it('are asked for when the time is over and nobody has said anything', () => {
    expect(isUnsaid(told('booked'), now('09:50'))).toBe(true)
    expect(isUnsaid(told('booked'), now('09:30'))).toBe(false)
    expect(isUnsaid(told('fulfilled'), now('09:50'))).toBe(false)
  })
})

describe('the short list on top of the week', () => {
  it('has who cannot come or wants another time, as long as that is ahead, soonest first', () => {
    const one = (id: string, reply: Reply, starts_at: string, status: 'booked' | 'cancelled' = 'booked') => ({ id, reply, starts_at, status })
    const all = [
      one('later', 'tentative', '2026-11-26T09:00:00Z'),
      one('soon', 'declined', '2026-11-25T09:00:00Z'),
      one('comes', 'accepted', '2026-11-25T10:00:00Z'),
      one('begun', 'declined', '2026-11-24T08:00:00Z'),
      one('cancelled', 'declined', '2026-11-25T11:00:00Z', 'cancelled'),
    ]

    expect(toAnswer(all, now('09:00')).map((each) => each.id)).toEqual(['soon', 'later'])
  })
})
