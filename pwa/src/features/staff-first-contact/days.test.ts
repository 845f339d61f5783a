import { describe, expect, it } from 'vitest'
import type { StaffFirstContact } from '../../api/staffTypes'
import { staffConsoleDa } from '../../text/staffConsole.da'
import { daysSentence } from './days'

const some: StaffFirstContact = {
  on: '2026-11-18',
  day: 5,
  days_limit: 14,
  has_clock: true,
  stopped_on: null,
  waived: null,
  seeks: null,
  law: null,
}
const said = (more: Partial<StaffFirstContact>) =>
  daysSentence({ ...some, ...more }, staffConsoleDa.days, 'da', new Date('2026-11-23T09:00:00Z'))

describe('the days since the first contact', () => {
  it('count up to the last day, and go on in plain words after it', () => {
    expect(said({ day: 0 })).toBe('Første kontakt var i dag. Fristen er 14 dage.')
    expect(said({})).toBe('Dag 5 af 14 fra første kontakt.')
    expect(said({ day: 14 })).toBe('Dag 14 af 14 fra første kontakt.')
    expect(said({ day: 15 })).toBe('Dag 15 fra første kontakt. Fristen på 14 dage er gået. Find en tid med personen.')
  })

  it('stop at the first talk that was held', () => {
    expect(said({ stopped_on: '2026-11-23' })).toBe('Første samtale blev holdt i dag, 5 dage efter.')
    expect(said({ stopped_on: '2026-11-19' })).toBe('Første samtale blev holdt 19. november, 1 dag efter.')
  })

  it('are not counted without a right to them, or with a lawful reason against', () => {
    expect(said({ has_clock: false })).toBe('Der tælles ingen dage her.')
    expect(said({ waived: { da: 'Du har selv ønsket det', en: 'You wished it' } })).toBe(
      'De 14 dage gælder ikke her: Du har selv ønsket det.',
    )
  })
})
