import { describe, expect, it } from 'vitest'
import { byDay, daysFrom, isDate, mondayOf, plusDays, spanOf, weekNumber } from './days'

describe('a week on a Danish calendar', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('begins on the Monday: %s lies in the week of %s', (date, monday) => {
    expect(mondayOf(date)).toBe(monday)
  })

  it.each([
    ['2026-11-25', 48],
    ['2026-12-31', 53],
    ['2027-01-03', 53],
    ['2027-01-04', 1],
    ['2024-12-30', 1],
  ])('has the number people know it by: %s is in week %i', (date, week) => {
    expect(weekNumber(date)).toBe(week)
  })

  it('keeps its seven dates when the clocks change', () => {
    expect(daysFrom('2027-03-22', 7).at(-1)).toBe('2027-03-28')
    expect(plusDays('2027-10-31', 1)).toBe('2027-11-01')
  })

  it('spans from Danish midnight to Danish midnight, an hour shorter in the week of the spring change', () => {
    const { from, to } = spanOf('2027-03-22', 7)
    expect([from, to]).toEqual(['2027-03-22T00:00:00+01:00', '2027-03-29T00:00:00+02:00'])
    expect(Date.parse(to) - Date.parse(from)).toBe((7 * 24 - 1) * 3_600_000)
  })

  it.each(['2026-02-30', '2026-1-1', 'i morgen', '', '2026-13-01'])('refuses %j as a date', (date) => {
    expect(isDate(date)).toBe(false)
  })

  it('puts what begins late in the evening on its Danish day, in order', () => {
    const late = { starts_at: '2026-11-23T23:30:00+00:00' }
    const early = { starts_at: '2026-11-24T07:00:00+00:00' }

    const found = byDay([early, late], ['2026-11-23', '2026-11-24'])

    expect(found.get('2026-11-23')).toEqual([])
    expect(found.get('2026-11-24')).toEqual([late, early])
  })
})
