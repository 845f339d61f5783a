import { describe, expect, it } from 'vitest'
import { firstDaysDa } from '../../text/firstDays.da.ts'
import { firstDaysEn } from '../../text/firstDays.en.ts'
import { daysLines } from './days.ts'

const clock = { on: '2026-11-18', days_limit: 14, has_clock: true, stopped_on: null, waived: null }
const said = (today: string, more = {}) => daysLines({ ...clock, ...more }, today, firstDaysDa, 'da')

describe('the days until the first talk, on the phone', () => {
  it('are counted on Danish days, calmly, also when they have passed', () => {
    expect(said('2026-11-18')).toEqual(['Du har ret til at komme i gang inden 14 dage. Dagene tæller fra i dag.'])
    expect(said('2026-11-23')).toEqual(['Du har ret til at komme i gang inden 14 dage. I dag er det dag 5.'])
    expect(said('2026-12-02')).toEqual(['Du har ret til at komme i gang inden 14 dage. I dag er det dag 14.'])
    expect(said('2026-12-05')).toEqual([
      'Du har ret til at komme i gang inden 14 dage. Nu er det dag 17. Ring til os, så finder vi en tid.',
    ])
  })

  it('never go below none when the phone has another date', () => {
    expect(said('2026-11-01')).toEqual(said('2026-11-18'))
  })

  it('are not spoken of without a right to them, and not once a talk was held', () => {
    expect(said('2026-11-23', { has_clock: false })).toEqual([])
    expect(said('2026-11-23', { stopped_on: '2026-11-20' })).toEqual([])
  })

  it('say why they do not count, in the language on the screen, and how to object', () => {
    const waived = { da: 'Du har selv ønsket det', en: 'You wished it' }

    expect(said('2026-11-23', { waived })).toEqual([
      'De 14 dage gælder ikke lige nu. Du har selv ønsket det.',
      'Passer det ikke? Så sig det til din kontaktperson.',
    ])
    expect(daysLines({ ...clock, waived }, '2026-11-23', firstDaysEn, 'en')[0]).toBe('The 14 days do not count right now. You wished it.')
  })
})

describe('both languages', () => {
  it('have the same entries', () => {
    expect(Object.keys(firstDaysEn)).toEqual(Object.keys(firstDaysDa))
  })
})
