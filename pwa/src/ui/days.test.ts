import { describe, expect, it } from 'vitest'
import { sayDay, sayWeekday, sayWhen, sayWhenBriefly } from './days'

const now = new Date('2026-11-23T09:00:00Z')

describe('saying when', () => {
  it.each([
    ['2026-11-23T15:00:00Z', 'i dag kl. 16.00'],
    ['2026-11-23T23:30:00Z', 'i morgen kl. 00.30'],
    ['2026-11-22T09:00:00Z', 'i går kl. 10.00'],
    ['2026-11-26T09:00:00Z', 'torsdag 26. november kl. 10.00'],
    ['2027-03-29T07:05:00Z', 'mandag 29. marts 2027 kl. 09.05'],
  ])('%s is %s', (instant, words) => {
    expect(sayWhen(instant, 'da', now).replace('\u00a0', ' ')).toBe(words)
  })

  it('speaks English too', () => {
    expect(sayWhen('2026-11-24T09:00:00Z', 'en', now)).toBe('tomorrow at\u00a010:00')
  })

  it('says a near day by its name and others by their date', () => {
    expect(sayDay('2026-11-23T05:00:00Z', 'da', now)).toBe('i dag')
    expect(sayDay('2026-11-03T05:00:00Z', 'da', now)).toBe('3. november')
  })

  it('is brief in a list', () => {
    expect(sayWhenBriefly('2026-11-26T09:00:00Z', 'da', now)).toBe('tors. 26. nov. kl.\u00a010.00')
    expect(sayWhenBriefly('2026-11-24T09:00:00Z', 'da', now)).toBe('i morgen kl.\u00a010.00')
  })

  it('names the weekday', () => {
    expect(sayWeekday('2026-11-26', 'da', now)).toBe('torsdag 26. november')
  })
})
