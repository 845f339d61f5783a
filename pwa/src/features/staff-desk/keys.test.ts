import { describe, expect, it } from 'vitest'
import { choiceOf, signOf } from './keys'

describe('the keys of a group', () => {
  const choices = Array.from({ length: 12 }, (_, index) => `choice ${index + 1}`)

  it('give each choice the sign that stands beside it', () => {
    expect(choices.map((_, index) => choiceOf(signOf(index), choices))).toEqual(choices)
    expect(choiceOf('B', choices)).toBe('choice 12')
  })

  it('leave every other key alone', () => {
    expect(['Enter', 'Tab', 'c', 'F1', '-'].map((key) => choiceOf(key, choices))).toEqual([null, null, null, null, null])
  })
})
