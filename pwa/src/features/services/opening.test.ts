import { describe, expect, it } from 'vitest'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import type { Hours, Service, ServiceBook } from './book.ts'
import { openingOf, sameDays, weekdayOf } from './opening.ts'

const book = {
  holidays: [{ on: '2026-12-25', name: { da: 'Juledag', en: 'Christmas Day' } }],
  holidays_known_until: '2027-12-31',
} as ServiceBook
const weekly = (more: Partial<Hours> = {}): Hours => ({
  kind: 'weekly',
  week: [1, 2, 3, 4, 5].map((day) => ({ day, opens: '09:00', closes: '11:00' })),
  on_holidays: 'ask',
  exceptions: [],
  ...more,
})
const service = (hours: Service['hours']) => ({ hours }) as Service
const at = (date: string, time: string, hours: Service['hours'] = weekly()) => openingOf(service(hours), book, { date, time })

describe('openingOf', () => {
  it('works out nothing where the sources give no hours', () => {
    expect(at('2026-11-23', '10:00', { kind: 'unknown' })).toEqual({ state: 'unknown' })
  })

  it.each([
    ['08:59', { state: 'closed' }],
    ['09:00', { state: 'open', until: '11:00' }],
    ['10:59', { state: 'open', until: '11:00' }],
    ['11:00', { state: 'closed' }],
  ])('on a Monday at %s', (time, expected) => {
    expect(at('2026-11-23', time)).toEqual(expected)
  })

  it('is closed on a weekday without hours', () => {
    expect(at('2026-11-22', '10:00')).toEqual({ state: 'closed' })
  })

  it.each(['ask', 'closed'] as const)('follows its holiday rule: %s', (rule) => {
    expect(at('2026-12-25', '10:00', weekly({ on_holidays: rule }))).toEqual({ state: rule })
  })

  it('lets an exception go before the holiday and the week', () => {
    const exceptions = [
      { on: '2026-12-25', state: 'open' as const, opens: '10:00', closes: '12:00' },
      { on: '2026-11-23', state: 'closed' as const, opens: null, closes: null },
    ]

    expect(at('2026-12-25', '11:30', weekly({ exceptions }))).toEqual({ state: 'open', until: '12:00' })
    expect(at('2026-12-25', '09:30', weekly({ exceptions }))).toEqual({ state: 'closed' })
    expect(at('2026-11-23', '10:00', weekly({ exceptions }))).toEqual({ state: 'closed' })
  })

  it('says "call first" in a year whose holidays it does not know', () => {
    expect(at('2028-01-03', '10:00')).toEqual({ state: 'ask' })
  })

  it('is always open, also on a holiday and in a year to come', () => {
    const always: Hours = { kind: 'always', week: [], on_holidays: 'as-usual', exceptions: [] }

    expect(at('2026-12-25', '03:00', always)).toEqual({ state: 'always' })
    expect(at('2028-01-01', '03:00', always)).toEqual({ state: 'always' })
  })

  it.each([
    ['2027-03-29T07:00:00Z', { state: 'open', until: '11:00' }],
    ['2027-03-26T08:00:00Z', { state: 'open', until: '11:00' }],
    ['2027-11-01T08:00:00Z', { state: 'open', until: '11:00' }],
    ['2027-11-01T07:59:00Z', { state: 'closed' }],
  ])('follows the Danish clock over the change to and from summer time: %s', (instant, expected) => {
    expect(openingOf(service(weekly()), book, copenhagenWall(instant))).toEqual(expected)
  })
})

describe('weekdayOf', () => {
  it('counts from Monday to Sunday', () => {
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([1, 7])
  })
})

describe('sameDays', () => {
  const on = (day: number, closes: string) => ({ day, opens: '11:00', closes })

  it('puts days in a row with the same hours together', () => {
    expect(sameDays([1, 2, 3, 4, 5].map((day) => on(day, '14:00')))).toEqual([{ from: 1, to: 5, opens: '11:00', closes: '14:00' }])
  })

  it('never spans a day without hours, or one with others; two days stay two', () => {
    const week = [on(1, '14:00'), on(2, '14:00'), on(4, '14:00'), on(5, '13:00')]

    expect(sameDays(week).map(({ from, to, closes }) => [from, to, closes])).toEqual([
      [1, 1, '14:00'],
      [2, 2, '14:00'],
      [4, 4, '14:00'],
      [5, 5, '13:00'],
    ])
  })
})
