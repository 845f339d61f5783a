import { describe, expect, it } from 'vitest'
import { staffDa } from '../../text/staff.da'
import { looksLikeCpr } from './cpr'
import { checkIntake, hasFoldedTrouble, startIntake, toNewCitizen } from './intake'
import { reachWords } from './rows'

const now = new Date('2026-11-23T09:04:30Z')

describe('taking in a person', () => {
  it('starts at the door, now, on a Danish clock', () => {
    expect(startIntake(now)).toMatchObject({ date: '2026-11-23', time: '10:04', first_contact_channel: 'at-the-door' })
  })

  it('needs nothing but an alias', () => {
    const intake = { ...startIntake(now), alias: ' Løvetand ' }

    expect(checkIntake(intake, staffDa)).toEqual({})
    expect(toNewCitizen(intake)).toEqual({
      id: intake.id,
      alias: 'Løvetand',
      first_contact_at: '2026-11-23T10:04:00+01:00',
      first_contact_channel: 'at-the-door',
      language: 'da',
      address_protected: false,
    })
  })

  it('asks for the alias when it is only spaces', () => {
    expect(checkIntake({ ...startIntake(now), alias: '  ' }, staffDa)).toEqual({ alias: staffDa.problem.required })
  })

  it('keeps its identifier, so that sending twice makes one person', () => {
    const intake = { ...startIntake(now), alias: 'Løvetand' }

    expect(toNewCitizen(intake).id).toBe(toNewCitizen({ ...intake, phone: '00 00 00 01' }).id)
  })

  it('sends what is known of the rest', () => {
    const known = { alias: 'B', phone: '00 00 00 01', cpr: '010190-1234', address_protected: true }

    expect(toNewCitizen({ ...startIntake(now), ...known })).toMatchObject(known)
  })

  it('unfolds when what is folded needs correcting', () => {
    expect(hasFoldedTrouble({ cpr: 'x' })).toBe(true)
    expect(hasFoldedTrouble({ alias: 'x' })).toBe(false)
  })
})

describe('a CPR number', () => {
  it.each(['0101901234', '010190-1234', '010190 1234', '290200-1234'])('%s is one', (typed) => {
    expect(looksLikeCpr(typed)).toBe(true)
  })

  it.each(['', '12345', '3002901234', '0113901234', '01019o1234', '0000901234', '01019012345'])('%s is none', (typed) => {
    expect(looksLikeCpr(typed)).toBe(false)
  })
})

describe('whether the phone can be reached', () => {
  it.each([
    [false, false, 'Ingen telefon'],
    [true, false, 'Mobilen kan ikke nås'],
    [true, true, 'Kan nås på mobilen'],
  ])('paired %s, reachable %s: %s', (paired, reachable, words) => {
    expect(reachWords({ paired, reachable }, staffDa)).toBe(words)
  })
})
