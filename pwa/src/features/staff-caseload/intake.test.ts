import { describe, expect, it } from 'vitest'
import { staffDa } from '../../text/staff.da'
import { looksLikeCpr } from './cpr'
import { checkIntake, hasFoldedTrouble, startIntake, toNewCitizen } from './intake'
import { byAlias, daysWords, matching, reachWords } from './rows'

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

describe('the days since the first contact', () => {
  const clock = { on: '', days_limit: 14, has_clock: true, stopped_on: null, waived: null, seeks: null, law: null }
  const said = (day: number, more = {}) =>
    daysWords({ days_since_first_contact: day, first_contact: { ...clock, day, ...more } }, staffDa)

  it('counts the 14 days until the first talk was held', () => {
    expect(said(0)).toBe('Første kontakt i dag')
    expect(said(3)).toBe('Dag 3 af 14 fra første kontakt')
    expect(said(14)).toBe('Dag 14 af 14 fra første kontakt')
  })

  it('says only how long it is when a talk was held, the days do not count, or have passed', () => {
    expect(said(3, { stopped_on: '2026-11-23' })).toBe('3 dage siden første kontakt')
    expect(said(3, { has_clock: false })).toBe('3 dage siden første kontakt')
    expect(said(3, { waived: { da: 'a', en: 'a' } })).toBe('3 dage siden første kontakt')
    expect(said(15)).toBe('15 dage siden første kontakt')
  })
})

describe('finding by alias', () => {
  const rows = [{ alias: 'Måge 7' }, { alias: 'Løvetand' }, { alias: "O'Brien" }]

  it.each([
    ['måge', 'Måge 7'],
    ['MÅGE', 'Måge 7'],
    ['Ma\u030age', 'Måge 7'],
    [' tand ', 'Løvetand'],
    ["o'b", "O'Brien"],
  ])('%s finds %s', (typed, alias) => {
    expect(matching(rows, typed)).toEqual([{ alias }])
  })

  it('puts everybody in Danish order', () => {
    const aliases = ['Ørn', 'ugle', 'Ærfugl', 'Måge 10', 'Ålekrage', 'Måge 9']

    expect(byAlias(aliases.map((alias) => ({ alias }))).map((row) => row.alias)).toEqual([
      'Måge 9',
      'Måge 10',
      'ugle',
      'Ærfugl',
      'Ørn',
      'Ålekrage',
    ])
  })

  it('shows all when nothing is typed', () => {
    expect(matching(rows, ' ')).toHaveLength(3)
  })
})
