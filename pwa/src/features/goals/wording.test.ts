import { describe, expect, it } from 'vitest'
import { goalsDa } from '../../text/goals.da.ts'
import { whoSees } from './wording.ts'

describe('who sees a goal itself', () => {
  it('is all whom the person is in touch with at the place, not the contact person alone', () => {
    expect(whoSees(goalsDa, true)).toBe('Dem, du er i kontakt med på stedet, kan også se det her.')
  })

  it('is nobody else on a phone that is not paired', () => {
    expect(whoSees(goalsDa, false)).toBe('Det er kun på denne telefon.')
  })
})
