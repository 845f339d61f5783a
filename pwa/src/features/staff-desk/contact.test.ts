import { describe, expect, it } from 'vitest'
import type { Contact } from '../../api/staffDesk'
import { begin, fromServer, isUnsent, type LocalContact, merged, minutesSince, nextStep, taken, toFields, unsaid } from './contact'

const NOW = new Date('2026-11-24T01:00:00Z')

function answered(contact: LocalContact, version: number, more: Partial<Contact> = {}): Contact {
  return {
    ...toFields(contact.values),
    id: contact.id,
    version,
    known: false,
    citizen_id: null,
    citizen_alias: null,
    mine: true,
    opened_by_name: 'Lea',
    opened_by: null,
    opened_at: contact.opened_at,
    received_at: contact.opened_at,
    closed_at: null,
    claimed: false,
    access_until: null,
    reopen_until: null,
    claim_code_until: null,
    ...more,
  }
}

const write = (contact: LocalContact, values: Partial<LocalContact['values']>): LocalContact => ({
  ...contact,
  values: { ...contact.values, ...values },
})

describe('a contact at the desk', () => {
  it('begins without a name, a number or a gender', () => {
    const contact = begin('lea', null, 'phone', 'phone', NOW)

    expect(contact).toMatchObject({ citizen_id: null, alias: null, found_by: null })
    expect(toFields(contact.values)).toMatchObject({ gender: 'not-registered', callback: { may_ring: false, phone: null } })
  })

  it('is opened at the server first, then told what was written, and closed last', () => {
    const fresh = write(begin('lea', null, null, 'phone', NOW), { reason: ['anxiety'] })
    expect(nextStep(fresh)).toEqual({ kind: 'open' })

    const opened = taken(fresh, { kind: 'open' }, answered(fresh, 1))
    const change = nextStep(opened)
    expect(change).toEqual({ kind: 'change', body: { reason: ['anxiety'] } })

    const told = taken(opened, change ?? { kind: 'close' }, answered(opened, 2))
    expect(nextStep(told)).toBeNull()
    expect(isUnsent(told)).toBe(false)
    expect(nextStep({ ...told, finished_at: NOW.toISOString() })).toEqual({ kind: 'close' })
  })

  it('keeps what was typed while the server answered, and sends it next', () => {
    const opened = { ...begin('lea', null, null, 'phone', NOW), version: 1 }
    const sent = write(opened, { note: 'bange' })
    const step = nextStep(sent)
    const typedOn = write(sent, { note: 'bange i nat' })

    const after = taken(typedOn, step ?? { kind: 'close' }, answered(sent, 2))

    expect(unsaid(after)).toEqual({ note: 'bange i nat' })
    expect(after.version).toBe(2)
  })

  it('does not send again what was refused, until it was changed', () => {
    const wrong = write({ ...begin('lea', null, null, 'phone', NOW), version: 1 }, { may_ring: 'yes', phone: '1' })
    const refused = { ...wrong, refused: JSON.stringify(unsaid(wrong)) }

    expect(nextStep(refused)).toBeNull()
    expect(isUnsent(refused)).toBe(true)
    expect(nextStep(write(refused, { phone: '00 00 00 21' }))).toMatchObject({ kind: 'change' })
  })

  it('shows what a colleague wrote in it, and loses no word and no tick of either', () => {
    const base = { ...write(begin('lea', null, null, 'phone', NOW), { reason: ['sleep', 'violence'], may_ring: 'yes', phone: '00 00 00 21' }), version: 1 }
    const known = { ...base, told: toFields(base.values) }
    const mine = write(known, { note: 'min note', reason: ['sleep', 'loneliness'], gender: 'woman', when: 'efter 17' })
    const theirs = answered(known, 4, {
      note: 'deres note',
      outcome: 'calmer',
      gender: 'man',
      reason: ['sleep', 'violence', 'anxiety'],
      callback: { may_ring: true, phone: '00 00 00 22', when: null, voicemail: 'never', code_word: null },
    })

    const both = merged(mine, theirs)

    expect(both.values).toMatchObject({ outcome: 'calmer', gender: 'woman', phone: '00 00 00 22', when: 'efter 17' })
    expect(both.values.note).toBe('deres note\n\nmin note')
    expect(both.values.reason).toEqual(['sleep', 'anxiety', 'loneliness'])
  })

  it('takes its own words for no colleague’s when the answer to them was lost', () => {
    const empty = { ...begin('lea', null, null, 'phone', NOW), version: 1 }
    const first = write(empty, { note: 'bagne', reason: ['violence'] })
    const corrected = write(first, { note: 'bange', reason: ['sleep'] })

    const both = merged(corrected, answered(first, 2), unsaid(first))

    expect(both.values).toMatchObject({ note: 'bange', reason: ['sleep'] })
  })

  it('comes back from the server as it was written', () => {
    const written = write(begin('lea', null, null, 'outreach', NOW), {
      reason: ['sleep', 'loneliness'],
      duration: '20',
      may_ring: 'yes',
      phone: '00 00 00 21',
      code_word: 'havblik',
      safety_before: '3',
    })

    const back = fromServer('lea', answered(written, 3))

    expect(back.values).toEqual(written.values)
    expect(nextStep(back)).toBeNull()
  })

  it('sends no number that nobody may ring', () => {
    const values = { ...begin('lea', null, null, 'phone', NOW).values, may_ring: 'no' as const, phone: '00 00 00 21', code_word: 'havblik' }

    expect(toFields(values).callback).toEqual({ may_ring: false, phone: null, when: null, voicemail: 'never', code_word: null })
  })

  it('lasted at least a minute, and at most a day', () => {
    expect(minutesSince(NOW.toISOString(), NOW.getTime())).toBe(1)
    expect(minutesSince(NOW.toISOString(), NOW.getTime() + 12.4 * 60_000)).toBe(12)
    expect(minutesSince(NOW.toISOString(), NOW.getTime() + 50 * 3_600_000)).toBe(1440)
  })
})
