import { describe, expect, it } from 'vitest'
import { monthsAgo, sayMonth, sayNumber, sayPercent } from './figures'

describe('a month', () => {
  it('is a Danish one, across the turn of the year', () => {
    const newYear = new Date('2026-12-31T23:30:00Z')

    expect([0, 1, 12].map((steps) => monthsAgo(steps, newYear))).toEqual(['2027-01', '2026-12', '2026-01'])
  })

  it('is said in words', () => {
    expect([sayMonth('2026-11', 'da'), sayMonth('2026-11', 'en')]).toEqual(['november 2026', 'November 2026'])
  })
})

describe('a figure', () => {
  it('is said as each language writes it', () => {
    expect([sayPercent(25, 'da'), sayPercent(25, 'en')]).toEqual(['25\u00a0%', '25%'])
    expect([sayNumber(7.5, 'da'), sayNumber(7.5, 'en'), sayNumber(14, 'da')]).toEqual(['7,5', '7.5', '14'])
  })
})
