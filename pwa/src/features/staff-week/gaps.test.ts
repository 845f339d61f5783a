import { describe, expect, it } from 'vitest'
import { gapsOf } from './gaps'

const at = (from: string, to: string) => ({ starts_at: `2026-11-24T${from}:00+01:00`, ends_at: `2026-11-24T${to}:00+01:00` })
const clock = (iso: string) => new Date(iso).toISOString().slice(11, 16)
const said = (taken: { starts_at: string; ends_at: string }[], now: string) =>
  gapsOf('2026-11-24', taken, new Date(now)).map((gap) => [clock(gap.from), clock(gap.to)])

const DAY_BEFORE = '2026-11-23T12:00:00Z'

describe('what is free on a day', () => {
  it('is all of it without appointments (times in UTC, an hour behind)', () => {
    expect(said([], DAY_BEFORE)).toEqual([['07:00', '15:00']])
  })

  it('lies before, between and after, and not in stretches under half an hour', () => {
    expect(said([at('09:00', '10:00'), at('10:20', '11:00')], DAY_BEFORE)).toEqual([
      ['07:00', '08:00'],
      ['10:00', '15:00'],
    ])
  })

  it('counts two at the same time once', () => {
    expect(said([at('08:00', '12:00'), at('09:00', '10:00')], DAY_BEFORE)).toEqual([['11:00', '15:00']])
  })

  it('does not begin before now, and is nothing when the day is over', () => {
    expect(said([], '2026-11-24T10:30:00Z')).toEqual([['10:30', '15:00']])
    expect(said([], '2026-11-24T18:00:00Z')).toEqual([])
  })
})
