import { describe, expect, it } from 'vitest'
import { channelsDa } from '../../text/channels.da'
import { checkAgreement, endOfPause, startAgreement, toAgreement } from './agreement'

const asked = { ...startAgreement(undefined), address: ' 20 12 34 56 ', safe: 'always' as const, agreed: true }

describe('an agreement about a channel', () => {
  it('begins with a no', () => {
    expect(startAgreement(undefined).safe).toBe('never')
  })

  it('needs the person to have been asked, each time anew', () => {
    const stood = startAgreement({
      kind: 'sms',
      address: '+4520123456',
      masked: '',
      safe: 'always',
      hours_from: null,
      hours_until: null,
      is_agreed: true,
      verified_at: '2026-11-01T10:00:00Z',
    })

    expect(checkAgreement(stood, 'sms', channelsDa)).toEqual({ agreed_together: channelsDa.agreedMissing })
    expect(checkAgreement(asked, 'sms', channelsDa)).toEqual({})
  })

  it('needs no agreement to write nowhere', () => {
    expect(checkAgreement({ ...asked, safe: 'never', agreed: false }, 'sms', channelsDa)).toEqual({})
    expect(toAgreement({ ...asked, safe: 'never' }).agreed_together).toBe(false)
  })

  it('names hours only where hours were chosen', () => {
    expect(toAgreement(asked)).toMatchObject({ address: '20 12 34 56', hours_from: null, hours_until: null })
    expect(toAgreement({ ...asked, safe: 'hours' })).toMatchObject({ hours_from: 9, hours_until: 12 })
    expect(checkAgreement({ ...asked, safe: 'hours', hours_until: '9' }, 'sms', channelsDa)).toHaveProperty('hours_from')
  })
})

describe('a pause', () => {
  const now = new Date('2026-11-23T09:00:00Z')

  it.each([
    ['2026-11-24', '2026-11-25T07:00:00.000Z'],
    ['2027-03-27', '2027-03-28T06:00:00.000Z'],
  ])('to and including %s ends the next morning by the clock on the wall', (day, ends) => {
    expect(new Date(endOfPause(day, now) ?? '').toISOString()).toBe(ends)
  })

  it.each(['', '2026-11-23', '2026-11-01', '2028-01-01', 'i morgen'])('to %j cannot be', (day) => {
    expect(endOfPause(day, now)).toBeNull()
  })
})
