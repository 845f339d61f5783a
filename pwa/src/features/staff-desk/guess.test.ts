import { describe, expect, it } from 'vitest'
import { guessKind } from './guess'

describe('what is looked for', () => {
  it.each([
    ['010203-1234', 'cpr'],
    ['0102031234', 'cpr'],
    ['20 12 34 56', 'phone'],
    ['+45 20123456', 'phone'],
    ['00 00 00 21', 'phone'],
    ['7KD2XM', 'code'],
    ['7kd 2xm', 'code'],
    ['ABCDEF', 'code'],
    ['123456', 'code'],
    ['Musvit', 'alias'],
    ['Solsort', 'alias'],
    ['Rødkælk', 'alias'],
    ['', 'alias'],
  ])('by %s is guessed as %s', (typed, kind) => {
    expect(guessKind(typed)).toBe(kind)
  })
})
