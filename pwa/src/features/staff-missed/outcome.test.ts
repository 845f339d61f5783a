import { describe, expect, it } from 'vitest'
import type { MissedRow } from '../../api/staffMissed'
import { missedDa } from '../../text/missed.da'
import { byDay, checkSaid, dayOf, type Said, toOutcome } from './outcome'

// 00.30 on 24 November in Denmark; in UTC it is still the 23rd.
const NOW = new Date('2026-11-23T23:30:00Z')
const NOTHING: Said = { outcome: '', appointment_id: '', next_on: '', reason: '', note: '' }

function fields(said: Partial<Said>): string[] {
  return Object.keys(checkSaid({ ...NOTHING, ...said }, NOW, missedDa.wrong))
}

describe('what is said about a call', () => {
  it('needs an outcome, and with it the one thing that belongs to it', () => {
    expect(fields({})).toEqual(['outcome'])
    expect(fields({ outcome: 'agreed' })).toEqual(['appointment_id'])
    expect(fields({ outcome: 'call-later' })).toEqual(['next_on'])
    expect(fields({ outcome: 'closed' })).toEqual(['reason'])
  })

  it('needs a note when the reason is another one', () => {
    expect(fields({ outcome: 'closed', reason: 'other' })).toEqual(['note'])
    expect(fields({ outcome: 'closed', reason: 'other', note: ' flyttet ' })).toEqual([])
  })

  it('takes a day from today in Denmark until ninety days later', () => {
    const days = ['2026-11-23', '2026-11-24', '2027-02-22', '2027-02-23']

    expect(days.map((next_on) => fields({ outcome: 'call-later', next_on }).length)).toEqual([1, 0, 0, 1])
  })

  it('takes no day after the appointment that it is about', () => {
    const later = (next_on: string) => checkSaid({ ...NOTHING, outcome: 'call-later', next_on }, NOW, missedDa.wrong, dayOf('2026-11-25T23:30:00Z'))

    expect(later('2026-11-26')).toEqual({})
    expect(later('2026-11-27')).toEqual({ next_on: missedDa.wrong.next_on })
  })

  it('sends only what belongs to the outcome, whatever else was typed before', () => {
    const typed: Said = { outcome: 'closed', appointment_id: 'a', next_on: '2026-11-25', reason: 'no-wish', note: ' ' }

    expect(toOutcome(typed)).toEqual({ outcome: 'closed', reason: 'no-wish' })
    expect(toOutcome({ ...typed, outcome: 'agreed', note: 'glad' })).toEqual({ outcome: 'agreed', appointment_id: 'a', note: 'glad' })
    expect(toOutcome({ ...typed, outcome: 'call-later' })).toEqual({ outcome: 'call-later', next_on: '2026-11-25' })
  })
})

describe('the list', () => {
  it('keeps apart who is to be called on the days to come', () => {
    const row = (id: string, due_on: string) => ({ id, due_on }) as MissedRow
    const rows = [row('long ago', '2026-11-20'), row('friday', '2026-11-27'), row('today', '2026-11-24')]

    const { due, later } = byDay(rows, NOW)

    expect(due.map((one) => one.id)).toEqual(['long ago', 'today'])
    expect(later.map((one) => one.id)).toEqual(['friday'])
  })
})
