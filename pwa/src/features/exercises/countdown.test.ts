import { describe, expect, it } from 'vitest'
import { breathAt, timeLeft } from './countdown.ts'

describe('the time that is left', () => {
  it.each([
    [120, 0, '2.00'],
    [120, 0.2, '2.00'],
    [120, 60.5, '1.00'],
    [40, 39.9, '0.01'],
    [40, 40, '0.00'],
  ])('of %s seconds after %s is %s', (seconds, passed, left) => {
    expect(timeLeft(seconds, passed)).toBe(left)
  })
})

describe('a breath of four in and six out, ten times', () => {
  const at = (passed: number) => breathAt(passed, 4, 6, 10)

  it.each([
    [0, 'in', 1, 1],
    [3.9, 'in', 1, 4],
    [4, 'out', 1, 1],
    [9.9, 'out', 1, 6],
    [10, 'in', 2, 1],
    [99.9, 'out', 10, 6],
  ] as const)('after %s seconds goes %s, round %s, count %s', (passed, phase, round, count) => {
    expect(at(passed)).toEqual({ phase, round, count })
  })

  it('ends with the last breath out and begins no eleventh', () => {
    expect(at(100)).toEqual({ phase: 'out', round: 10, count: 6 })
  })
})
