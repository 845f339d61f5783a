import { describe, expect, it } from 'vitest'
import { afterTap, gridOf, shiftMonth } from './month.ts'
import { fourMonthsBefore, lookBack, toSeries } from './series.ts'

const point = (at: string, mood: number | null, urge: number | null = null) => ({ at, mood, urge })

describe('the curve', () => {
  it('runs from the oldest to the newest and leaves out what has no number', () => {
    const series = toSeries([point('2026-11-23T09:00:00Z', 5), point('2026-11-22T09:00:00Z', null), point('2026-11-21T09:00:00Z', null, 2)])

    expect(series).toEqual([[Date.parse('2026-11-21T09:00:00Z') / 1000, Date.parse('2026-11-23T09:00:00Z') / 1000], [null, 5], [2, null]])
  })
})

describe('the look back', () => {
  it.each([
    ['2026-11-23', '2026-07-23'],
    ['2026-02-10', '2025-10-10'],
    ['2026-06-30', '2026-02-28'],
    ['2028-06-30', '2028-02-29'],
  ])('from %s goes to %s', (today, then) => {
    expect(fourMonthsBefore(today)).toBe(then)
  })

  it('finds what was written within three days of it, and nothing else', () => {
    const found = ['2026-07-19', '2026-07-20', '2026-07-26', '2026-07-27'].map((day) => point(`${day}T12:00:00Z`, 1))

    expect(lookBack(found, '2026-11-23').map((each) => each.at.slice(0, 10))).toEqual(['2026-07-20', '2026-07-26'])
  })
})

describe('a month of days', () => {
  it('begins on a Monday and has all its days', () => {
    const grid = gridOf('2026-11')

    expect(grid.slice(0, 7)).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(grid.length).toBe(6 + 30)
    expect(gridOf('2028-02').at(-1)).toBe('2028-02-29')
  })

  it('goes over the turn of the year', () => {
    expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })

  it('takes a yes, a no and nothing in turn', () => {
    expect([null, true, false].map(afterTap)).toEqual([true, false, null])
  })
})
