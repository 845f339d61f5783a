import { describe, expect, it } from 'vitest'
import type { PromisedCall } from '../../api/crisisLine.ts'
import { stillToCome } from './promised.ts'

const later: PromisedCall = { kind: 'after-14-days', due_on: '2026-12-07', result: null }
const soon: PromisedCall = { kind: 'call-72h', due_on: '2026-11-26', result: null }

describe('stillToCome', () => {
  it('names the soonest call first', () => {
    expect(stillToCome({ follow_ups: [later, soon] })).toEqual([soon, later])
  })

  it('says nothing more of a call that was made, was not reached or was not wanted', () => {
    for (const result of ['done', 'not-reached', 'declined'] as const) {
      expect(stillToCome({ follow_ups: [{ ...soon, result }, later] })).toEqual([later])
    }
  })

  it('promises nothing for a contact that an older server sent', () => {
    expect(stillToCome({})).toEqual([])
  })
})
