import { describe, expect, it } from 'vitest'
import { check } from './check'
import { NOTHING_WRITTEN } from './contact'

describe('what keeps a contact from being ended', () => {
  it('is nothing that was left out', () => {
    expect(check(NOTHING_WRITTEN)).toEqual({})
    expect(check({ ...NOTHING_WRITTEN, wants_follow_up_14d: true })).toEqual({})
  })

  it('is a call that was promised, and that nobody could make', () => {
    const promised = { ...NOTHING_WRITTEN, wants_call_72h: true }

    expect(Object.keys(check(promised))).toEqual(['may_ring'])
    expect(Object.keys(check({ ...promised, may_ring: 'no' }))).toEqual(['may_ring'])
    expect(Object.keys(check({ ...promised, may_ring: 'yes', phone: ' ' }))).toEqual(['phone'])
    expect(check({ ...promised, may_ring: 'yes', phone: '00 00 00 21' })).toEqual({})
  })

  it('is a time that is none', () => {
    expect(Object.keys(check({ ...NOTHING_WRITTEN, duration: '1441' }))).toEqual(['duration'])
    expect(check({ ...NOTHING_WRITTEN, duration: ' 20 ' })).toEqual({})
  })
})
