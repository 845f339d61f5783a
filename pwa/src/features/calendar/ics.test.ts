import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calendarDa } from '../../text/calendar.da.ts'
import { calendarEn } from '../../text/calendar.en.ts'
import { makeFile, placeOf } from './ics.ts'

interface Case {
  name: string
  at: string
  language: 'da' | 'en'
  with_place: boolean
  appointment: Parameters<typeof makeFile>[0]
  file: string
}

const CASES = JSON.parse(
  readFileSync(new URL('../../../../tests/contract/calendar.json', import.meta.url), 'utf8'),
) as Case[]

describe('the file that the phone makes', () => {
  it.each(CASES.map((each) => [each.name, each] as const))('is the file that the server makes: %s', (_name, given) => {
    const title = (given.language === 'en' ? calendarEn : calendarDa).title

    expect(makeFile(given.appointment, { title, withPlace: given.with_place, at: given.at })).toBe(given.file)
  })

  it('has no line over 75 bytes', () => {
    const lines = CASES.flatMap(({ file }) => file.split('\r\n'))

    expect(lines.filter((line) => new TextEncoder().encode(line).length > 75)).toEqual([])
  })
})

describe('placeOf', () => {
  const met = { mode: 'in-person', place: 'Lokale 2', unit_slug: 'rusmiddelcenter' } as const

  it('is where the two meet', () => {
    expect(placeOf(met)).toBe('Lokale 2')
  })

  it.each([{ mode: 'phone' }, { mode: 'video' }, { place: null }, { unit_slug: 'krisecenter' }] as const)('is nothing for %o', (other) => {
    expect(placeOf({ ...met, ...other })).toBeNull()
  })
})
