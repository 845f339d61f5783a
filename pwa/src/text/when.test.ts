import { describe, expect, it } from 'vitest'
import { da } from './da.ts'
import { en } from './en.ts'
import { describeDate, describeWhen } from './when.ts'

const SUNDAY = '2026-11-22'
const plain = (words: string) => words.replace(/\u00a0/g, ' ')

describe('describeWhen', () => {
  it.each([
    ['2026-11-22T10:00', 'i dag kl. 10.00, søndag'],
    ['2026-11-23T10:00', 'i morgen kl. 10.00, mandag'],
    ['2026-11-21T08:30', 'i går kl. 08.30, lørdag'],
    ['2026-11-26T13:30', 'på torsdag kl. 13.30, 26. november'],
    ['2026-11-29T09:00', 'søndag den 29. november kl. 09.00'],
    ['2026-11-02T09:00', 'mandag den 2. november kl. 09.00'],
    ['2027-01-04T09:00', 'mandag den 4. januar 2027 kl. 09.00'],
  ])('%s is "%s"', (wall, words) => {
    expect(plain(describeWhen(wall, SUNDAY, da.when))).toBe(words)
  })

  it('speaks English', () => {
    expect(plain(describeWhen('2026-11-23T10:00', SUNDAY, en.when))).toBe('tomorrow at 10:00, Monday')
  })

  it('counts days across the change to summer time', () => {
    expect(plain(describeWhen('2027-03-28T10:00', '2027-03-27', da.when))).toBe('i morgen kl. 10.00, søndag')
    expect(plain(describeWhen('2027-10-31T02:30', '2027-10-30', da.when))).toBe('i morgen kl. 02.30, søndag')
  })

  it('stays readable on a phone whose clock is far off', () => {
    expect(plain(describeWhen('2026-11-23T10:00', '1970-01-01', da.when))).toBe('mandag den 23. november 2026 kl. 10.00')
    expect(plain(describeWhen('2026-11-23T10:00', '2099-12-31', da.when))).toBe('mandag den 23. november 2026 kl. 10.00')
  })
})

describe('describeDate', () => {
  it('leaves out the year when it is this one', () => {
    expect(plain(describeDate('2026-12-04', SUNDAY, da.when))).toBe('4. december')
  })

  it('keeps day and month on one line, in both languages', () => {
    expect(describeDate('2026-12-04', SUNDAY, da.when)).toBe('4.\u00a0december')
    expect(describeDate('2027-12-04', SUNDAY, en.when)).toBe('4\u00a0December 2027')
  })
})
