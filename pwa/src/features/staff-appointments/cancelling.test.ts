import { describe, expect, it } from 'vitest'
import { staffDa } from '../../text/staff.da'
import { readClash, sayTaken } from './Clash'
import type { Appointment } from '../../api/staffTypes'
import { checkCancelling, isStruck, lateHours, restOfSeries, startCancelling, toCancellation } from './cancelling'
import { checkSlot, startBooking, startMove, toSeries } from './booking'

const given = (change: Record<string, string>) => ({ ...startCancelling(), ...change })

describe('cancelling', () => {
  it('asks who, then why, and for a reason only when the rule is set aside', () => {
    expect(Object.keys(checkCancelling(startCancelling(), staffDa))).toEqual(['cancellation'])
    expect(Object.keys(checkCancelling(given({ cancellation: 'by-citizen' }), staffDa))).toEqual(['reason_code'])
    const judged = given({ cancellation: 'by-citizen', reason_code: 'ill', late: 'no' })
    expect(Object.keys(checkCancelling(judged, staffDa))).toEqual(['reason_text'])
    expect(checkCancelling({ ...judged, reason_text: 'Indlagt' }, staffDa)).toEqual({})
  })

  it('leaves the judgement to the rule unless a person judged', () => {
    expect(toCancellation(given({ cancellation: 'by-citizen', reason_code: 'ill' }))).toEqual({
      cancellation: 'by-citizen',
      reason_code: 'ill',
    })
    expect(toCancellation(given({ cancellation: 'by-citizen', reason_code: 'ill', late: 'yes', reason_text: ' sent ' }))).toEqual({
      cancellation: 'by-citizen',
      reason_code: 'ill',
      late: true,
      reason_text: 'sent',
    })
    expect(toCancellation(given({ cancellation: 'by-service', reason_code: 'service-ill', late: 'yes' }))).toEqual({
      cancellation: 'by-service',
      reason_code: 'service-ill',
    })
  })

  it('asks for no reason when the appointment should never have been written', () => {
    const struck = given({ cancellation: 'error' })

    expect(checkCancelling(struck, staffDa)).toEqual({})
    expect([isStruck(struck), isStruck(given({ cancellation: 'by-service' }))]).toEqual([true, false])
  })

  it('knows the hours of the kind before those of the centre', () => {
    const reasons = { items: [], late_hours: 24, late_hours_by_kind: { group: 4 } }
    expect([lateHours(reasons, 'group'), lateHours(reasons, 'talk')]).toEqual([4, 24])
  })
})

describe('what stands in the way of a booking', () => {
  it('is read from the refusal, and from no other refusal', () => {
    const taken = { code: 'double-booked', fields: { starts_at: ['2026-11-24 10:00–10:45 Blåmejse'] } }
    expect(readClash(taken)).toEqual({ taken: ['2026-11-24 10:00–10:45 Blåmejse'], dates: [] })
    const dates = { code: 'series-clash', fields: { '2027-01-12': ['…'], '2027-01-05': ['…'] } }
    expect(readClash(dates)).toEqual({ taken: [], dates: ['2027-01-05', '2027-01-12'] })
    expect(readClash({ code: 'id-taken', fields: {} })).toBeNull()
  })

  it('is said as people say it, and without a word about others when none was given', () => {
    const now = new Date('2026-11-01T12:00:00Z')
    expect(sayTaken('2026-11-24 10:00–10:45 Blåmejse', now)).toBe('24. november 10.00-10.45, Blåmejse')
    expect(sayTaken('The colleague is taken at this time.', now)).toBe(staffDa.appointments.clash.taken)
  })
})

describe('a series', () => {
  it('carries its rule, how many and what is left out', () => {
    const slot = { ...startBooking('group'), date: '2027-01-05', time: '10:00', repeat: 'fortnightly', count: '6', skip: '2027-02-02' }

    expect(toSeries(slot)).toMatchObject({ rule: 'fortnightly', count: 6, skip: ['2027-02-02'], starts_at: '2027-01-05T10:00:00+01:00' })
  })

  it.each(['1', '27', 'mange', ''])('refuses %j times', (count) => {
    const slot = { ...startBooking('group'), date: '2027-01-05', time: '10:00', repeat: 'weekly', count }

    expect(Object.keys(checkSlot(slot, staffDa))).toEqual(['count'])
  })
})

describe('ending a series', () => {
  const one = (id: string, starts_at: string, change: Partial<Appointment> = {}) =>
    ({ id, starts_at, series_id: 's', status: 'booked', ...change }) as Appointment
  const now = new Date('2027-01-12T12:00:00Z')
  const from = one('this', '2027-01-19T09:00:00Z')

  it('counts what is still booked ahead from this one on, and knows the last', () => {
    const all = [
      one('last', '2027-02-02T09:00:00Z'),
      one('before', '2027-01-12T13:00:00Z'),
      from,
      one('cancelled', '2027-01-26T09:00:00Z', { status: 'cancelled' }),
      one('another series', '2027-01-26T09:00:00Z', { series_id: 't' }),
    ]

    expect(restOfSeries(from, all, now).map((each) => each.id)).toEqual(['this', 'last'])
  })

  it('leaves out one that has begun', () => {
    const begun = one('begun', '2027-01-12T11:00:00Z')

    expect(restOfSeries(begun, [begun], now)).toEqual([])
  })

  it('names how many and the last date before anything is cancelled', () => {
    const { series } = staffDa.appointments

    expect(series.endCount(2, '2. februar')).toContain('2 aftaler bliver aflyst. Den sidste er 2. februar.')
    expect([series.submitEnd(1), series.submitEnd(2)]).toEqual(['Aflys 1 aftale', 'Aflys 2 aftaler'])
  })
})

describe('a move', () => {
  it('begins where the person wishes it', () => {
    const appointment = { starts_at: '2026-11-24T09:00:00Z', duration_minutes: 45, kind: 'talk', mode: 'phone', place: null, goal_id: null }
    const begin = (wish?: Parameters<typeof startMove>[1]) => {
      const { date, time } = startMove(appointment as Parameters<typeof startMove>[0], wish)
      return [date, time]
    }

    expect(begin()).toEqual(['2026-11-24', '10:00'])
    expect(begin({ starts_at: '2026-11-26T13:00:00Z' })).toEqual(['2026-11-26', '14:00'])
    expect(begin({ on: '2026-11-27', day_part: 'afternoon' })).toEqual(['2026-11-27', '13:00'])
  })
})
