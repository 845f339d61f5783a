import { describe, expect, it } from 'vitest'
import { da } from '../../text/da.ts'
import { undeliveredWords } from './Reply.tsx'

const said = (status: 'changed' | 'over' | 'refused', reply: 'accepted' | 'declined' = 'accepted', isOff = false) =>
  undeliveredWords({ status, reply }, isOff, da.reply)

describe('an answer that could not be delivered as it was', () => {
  it('says that the talk had begun, not that the time was changed', () => {
    expect(said('over')).toBe('Aftalen var begyndt, da dit svar kom frem.')
  })

  it('says of a no that the contact person can see it all the same', () => {
    expect(said('over', 'declined')).toContain('Din kontaktperson kan se')
  })

  it('tells apart what was moved, called off and refused', () => {
    expect(new Set([said('changed'), said('changed', 'accepted', true), said('refused')]).size).toBe(3)
  })
})
