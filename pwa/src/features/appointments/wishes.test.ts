import { describe, expect, it } from 'vitest'
import { anotherDa } from '../../text/another.da.ts'
import { da } from '../../text/da.ts'
import { NO_SUGGESTION, sayWish, toWishes, troubleWith, type Suggestion } from './wishes.ts'

const TODAY = '2026-11-23'
const NOW = Date.parse('2026-11-23T09:00:00Z')
const suggest = (change: Partial<Suggestion>): Suggestion => ({ ...NO_SUGGESTION, ...change })
const trouble = (change: Partial<Suggestion>) => troubleWith(suggest(change), TODAY, NOW, anotherDa)

describe('a suggestion for another time', () => {
  it('is none without a date, and then nothing is wrong', () => {
    expect(trouble({ part: 'clock', time: '10:00' })).toBeNull()
    expect(toWishes([suggest({}), suggest({})])).toEqual([])
  })

  it('needs an hour only where one was chosen', () => {
    expect(trouble({ date: '2026-11-25', part: 'afternoon' })).toBeNull()
    expect(trouble({ date: '2026-11-25', part: 'clock' })).toBe(anotherDa.clockMissing)
  })

  it('lies ahead', () => {
    expect(trouble({ date: '2026-11-22' })).toBe(anotherDa.past)
    expect(trouble({ date: TODAY, part: 'clock', time: '09:59' })).toBe(anotherDa.past)
    expect(trouble({ date: TODAY, part: 'clock', time: '10:01' })).toBeNull()
  })

  it('never names the hour that the clock jumps over', () => {
    expect(trouble({ date: '2027-03-28', part: 'clock', time: '02:30' })).toBe(anotherDa.skipped)
  })

  it('goes over the wire as a moment or as a part of a day', () => {
    const two = [suggest({ date: '2026-11-25', part: 'afternoon' }), suggest({ date: '2026-11-26', part: 'clock', time: '10:00' })]

    expect(toWishes(two)).toEqual([
      { on: '2026-11-25', day_part: 'afternoon' },
      { starts_at: '2026-11-26T10:00:00+01:00' },
    ])
    expect(toWishes(two).map((wish) => sayWish(wish, TODAY, da))).toEqual([
      '25.\u00a0november, om eftermiddagen',
      'på torsdag kl.\u00a010.00, 26.\u00a0november',
    ])
  })
})
