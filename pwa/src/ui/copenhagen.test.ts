import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copenhagenInstant, copenhagenWall, lastDay } from './copenhagen'

const utc = (date: string, time: string): string => new Date(copenhagenInstant(date, time) ?? '').toISOString()

describe.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Los_Angeles', 'Europe/Copenhagen', 'UTC'])(
  'in a browser that stands in %s',
  (zone) => {
    const own = process.env.TZ
    beforeAll(() => {
      process.env.TZ = zone
    })
    afterAll(() => {
      process.env.TZ = own
    })

    it('reads a winter time as Danish', () => {
      expect(copenhagenInstant('2026-11-23', '10:00')).toBe('2026-11-23T10:00:00+01:00')
    })

    it('reads a summer time as Danish', () => {
      expect(utc('2027-07-01', '10:00')).toBe('2027-07-01T08:00:00.000Z')
    })

    it('keeps the digits of a time that the spring change skips, so that the server can refuse it', () => {
      expect(copenhagenInstant('2027-03-28', '02:30')).toBe('2027-03-28T02:30:00+01:00')
    })

    it('is right on both sides of the spring change', () => {
      expect(utc('2027-03-28', '01:59')).toBe('2027-03-28T00:59:00.000Z')
      expect(utc('2027-03-28', '03:00')).toBe('2027-03-28T01:00:00.000Z')
    })

    it('takes the first of the two half past twos in autumn', () => {
      expect(utc('2027-10-31', '02:30')).toBe('2027-10-31T00:30:00.000Z')
    })

    it('is right on both sides of the autumn change', () => {
      expect(utc('2027-10-31', '01:59')).toBe('2027-10-30T23:59:00.000Z')
      expect(utc('2027-10-31', '03:00')).toBe('2027-10-31T02:00:00.000Z')
    })

    it('shows an instant on a Danish clock', () => {
      expect(copenhagenWall('2027-10-31T01:30:00Z')).toEqual({ date: '2027-10-31', time: '02:30' })
      expect(copenhagenWall('2026-12-31T23:00:00Z')).toEqual({ date: '2027-01-01', time: '00:00' })
    })

    it('gives every hour of a year back as it was typed, but for the one that is skipped', () => {
      const wrong: string[] = []
      for (let hour = 0; hour < 365 * 24; hour += 1) {
        const typed = new Date(Date.UTC(2027, 0, 1, hour)).toISOString()
        const instant = copenhagenInstant(typed.slice(0, 10), typed.slice(11, 16)) ?? ''
        const shown = copenhagenWall(instant)
        if (`${shown.date}T${shown.time}` !== typed.slice(0, 16)) wrong.push(typed.slice(0, 16))
      }

      expect(wrong).toEqual(['2027-03-28T02:00'])
    })
  },
)

describe('what is no date', () => {
  it.each([
    ['2026-02-30', '10:00'],
    ['2026-13-01', '10:00'],
    ['', '10:00'],
    ['2026-11-23', ''],
    ['2026-11-23', '24:00'],
    ['23-11-2026', '10:00'],
    ['10000-01-01', '10:00'],
  ])('%s %s is no instant', (date, time) => {
    expect(copenhagenInstant(date, time)).toBeNull()
  })

  it('takes a leap day', () => {
    expect(copenhagenInstant('2028-02-29', '10:00')).toBe('2028-02-29T10:00:00+01:00')
  })
})

describe('lastDay', () => {
  it.each([
    ['2026-11-30T23:00:00Z', '2026-11-30'],
    ['2027-03-28T22:00:00Z', '2027-03-28'],
    ['2026-11-30T14:00:00Z', '2026-11-30'],
    ['2026-11-30', '2026-11-30'],
  ])('of what ends at %s is %s', (end, day) => {
    expect(lastDay(end)).toBe(day)
  })
})
