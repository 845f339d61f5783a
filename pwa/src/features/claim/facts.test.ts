import { describe, expect, it } from 'vitest'
import type { CrisisContact, KeptContact } from '../../api/crisisLine.ts'
import { crisisLineDa } from '../../text/crisisLine.da.ts'
import { factsOf } from './facts.ts'
import { newestFirst } from './newest.ts'

const words = crisisLineDa.facts
const BARE: KeptContact = {
  opened_at: '2026-11-21T02:10:00Z',
  unit_name: 'Akuttilbud',
  channel: 'phone',
  reason: [],
  given: [],
  referral: [],
  outcome: null,
  duration_minutes: null,
  gender: 'not-registered',
  note: null,
  safety_before: null,
  safety_after: null,
  callback: { may_ring: false, phone: null, when: null, voicemail: 'never', code_word: null },
  wants_follow_up_14d: false,
  wants_call_72h: false,
}

const valuesOf = (contact: KeptContact) => factsOf(contact, 'I går', words).map(([, value]) => value)

describe('what is kept of a contact', () => {
  it('is little where little was written down', () => {
    expect(valuesOf(BARE)).toEqual(['I går', 'Akuttilbud', 'På telefon', 'Ikke skrevet ned'])
  })

  it('leaves nothing out that was written down, also a zero', () => {
    const whole: KeptContact = {
      ...BARE,
      reason: ['anxiety'],
      given: ['talk'],
      referral: ['a-place-that-this-build-does-not-know'],
      outcome: 'calmer',
      duration_minutes: 1,
      gender: 'woman',
      note: 'Ringede om natten',
      safety_before: 0,
      safety_after: 10,
      callback: { may_ring: true, phone: '00 00 00 12', when: 'efter kl. 16', voicemail: 'ok', code_word: 'solsort' },
      wants_follow_up_14d: true,
      wants_call_72h: true,
    }

    const values = valuesOf(whole)

    for (const value of ['Angst eller uro', 'Samtale', 'a-place-that-this-build-does-not-know', '1 minut', '0 af 10', '10 af 10']) {
      expect(values).toContain(value)
    }
    for (const value of ['00 00 00 12, efter kl. 16', 'Ja, gerne', 'solsort', words.call72h, words.followUp14d, 'Kvinde', 'Ringede om natten']) {
      expect(values).toContain(value)
    }
  })

  it('says that one may be rung also where no number was written down', () => {
    const values = valuesOf({ ...BARE, callback: { ...BARE.callback, may_ring: true } })

    expect(values.slice(-2)).toEqual(['Ja', 'Nej, aldrig'])
  })
})

describe('contacts in the app', () => {
  it('stand with the last one first, whatever the offset of their times', () => {
    const at = (id: string, opened_at: string) => ({ id, opened_at }) as CrisisContact
    const mixed = [at('a', '2026-11-21T02:10:00Z'), at('b', '2026-11-21T02:30:00+01:00'), at('c', '2026-11-22T01:00:00Z')]

    expect(newestFirst(mixed).map((each) => each.id)).toEqual(['c', 'a', 'b'])
  })
})
