import { describe, expect, it } from 'vitest'
import type { StandIn } from '../../api/staffTypes'
import { staffDa } from '../../text/staff.da'
import { colleagueOptions } from './choosing'
import { checkArrangement, doneWords, toStandIn } from './standIn'
import { isOpen } from './StandIns'

const now = new Date('2026-11-23T22:30:00Z')
const filled = { staff_id: 'a', stand_in_id: 'b', starts_on: '', ends_on: '2026-11-24', reason: ' Ferie ' }
const made: StandIn = {
  id: 'i',
  staff_id: 'a',
  staff_name: 'Anders',
  stand_in_id: 'b',
  stand_in_name: 'Karen',
  starts_on: '2026-11-23',
  ends_on: '2026-11-24',
  reason: 'Ferie',
  ended_at: null,
}

describe('naming a stand-in', () => {
  it('begins now when no first day is chosen', () => {
    expect(checkArrangement(filled, now, staffDa)).toEqual({})
    expect(toStandIn(filled)).toEqual({ staff_id: 'a', stand_in_id: 'b', ends_on: '2026-11-24', reason: 'Ferie' })
  })

  it('cannot end before it begins', () => {
    const found = checkArrangement({ ...filled, starts_on: '2026-11-25' }, now, staffDa)

    expect(found).toEqual({ ends_on: staffDa.standIns.endsBefore })
  })

  it('asks for everything else', () => {
    const empty = { staff_id: '', stand_in_id: '', starts_on: '', ends_on: '', reason: '' }

    expect(Object.keys(checkArrangement(empty, now, staffDa))).toEqual(['staff_id', 'stand_in_id', 'ends_on', 'reason'])
  })

  it('says from when the people can be seen', () => {
    expect(doneWords(made, now, staffDa)).toBe('Karen kan se personerne nu.')
    expect(doneWords({ ...made, starts_on: '2026-11-24' }, now, staffDa)).toBe('Karen kan se personerne fra 24. november.')
  })

  it('is open to the end of its last Danish day', () => {
    expect(isOpen({ ...made, ends_on: '2026-11-23' }, now)).toBe(true)
    expect(isOpen({ ...made, ends_on: '2026-11-23' }, new Date('2026-11-23T23:30:00Z'))).toBe(false)
    expect(isOpen({ ...made, ended_at: '2026-11-23T10:00:00Z' }, now)).toBe(false)
  })
})

describe('choosing a colleague', () => {
  it('lists those at work, in Danish order', () => {
    const colleague = (name: string, active = true) => ({ id: name, name, email: '', roles: [], active })
    const all = [colleague('Åse'), colleague('Ænne'), colleague('Bo', false), colleague('Anders')]

    expect(colleagueOptions(all, staffDa).map(([, name]) => name)).toEqual(['Vælg', 'Anders', 'Ænne', 'Åse'])
  })
})
