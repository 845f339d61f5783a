import { describe, expect, it } from 'vitest'
import type { Citizen } from '../../api/staffTypes'
import { staffDa } from '../../text/staff.da'
import { clockFace, lifetime } from './countdown'
import { changesIn, differences, startEdit } from './edit'
import { isCurrent } from './Team'

const citizen: Citizen = {
  id: 'c',
  version: 3,
  alias: 'Løvetand',
  name: null,
  cpr: '010190-••••',
  phone: '00 00 00 01',
  language: 'da',
  address_protected: false,
  home_municipality: 'Randers',
  first_contact_at: '2026-11-20T09:00:00Z',
  first_contact_channel: 'phone',
  first_contact: { on: '2026-11-20', day: 2, days_limit: 14, has_clock: true, stopped_on: null, waived: null, seeks: null, law: null },
  status: 'active',
  deceased_at: null,
  relations: [],
  reachable: false,
  paired: false,
  reminders: null,
}

describe('changing a record', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changesIn(startEdit(citizen))).toEqual({})
  })

  it('sends only what was changed, and null for what was emptied', () => {
    const edited = { ...startEdit(citizen), name: ' Jonas ', phone: '' }

    expect(changesIn(edited)).toEqual({ name: 'Jonas', phone: null })
  })

  it('keeps the CPR number unless a new one is typed or it is taken away', () => {
    expect(changesIn({ ...startEdit(citizen), cpr: '0202901234' })).toEqual({ cpr: '0202901234' })
    expect(changesIn({ ...startEdit(citizen), clear_cpr: true })).toEqual({ cpr: null })
  })

  it('shows both when two changed the same field', () => {
    const edited = { ...startEdit(citizen), phone: '00 00 00 02' }
    const theirs = { ...citizen, version: 4, phone: '00 00 00 03' }

    expect(differences(theirs, edited, staffDa)).toEqual([
      { label: 'Telefonnummer', yours: '00 00 00 02', theirs: '00 00 00 03' },
    ])
  })

  it('has nothing to choose when two changed different fields', () => {
    const edited = { ...startEdit(citizen), phone: '00 00 00 02' }

    expect(differences({ ...citizen, version: 4, name: 'Jonas' }, edited, staffDa)).toEqual([])
  })
})

describe('the ten minutes of a code', () => {
  const arrived = Date.parse('2026-11-23T09:00:00Z')

  it('counts to the end that the server named', () => {
    expect(lifetime('2026-11-23T09:09:58Z', arrived)).toBe(598_000)
  })

  it.each(['2026-11-23T08:00:00Z', '2026-11-23T12:00:00Z', 'nonsense'])('counts from the arrival when the clock is wrong: %s', (end) => {
    expect(lifetime(end, arrived)).toBe(600_000)
  })

  it('reads like a clock', () => {
    expect([600_000, 61_001, 9_000, 0, -5].map(clockFace)).toEqual(['10:00', '1:02', '0:09', '0:00', '0:00'])
  })
})

describe('a relation', () => {
  it('is current until its end has come', () => {
    const now = new Date('2026-11-23T09:00:00Z')

    expect(isCurrent({ ends_at: null }, now)).toBe(true)
    expect(isCurrent({ ends_at: '2026-11-23T10:00:00Z' }, now)).toBe(true)
    expect(isCurrent({ ends_at: '2026-11-23T09:00:00Z' }, now)).toBe(false)
  })
})
