import { describe, expect, it } from 'vitest'
import { USUAL_WISH, wishFields } from './closer.ts'

describe('what is asked for when it became hard', () => {
  it('goes along as it was chosen to whoever is told', () => {
    expect(wishFields(true, USUAL_WISH)).toEqual({ closer_days: 14, wants_talk: false })
    expect(wishFields(true, { days: 28, talk: true })).toEqual({ closer_days: 28, wants_talk: true })
  })

  it('goes to nobody when it is kept to oneself', () => {
    expect(wishFields(false, { days: 28, talk: true })).toEqual({})
  })
})
