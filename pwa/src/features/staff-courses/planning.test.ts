import { describe, expect, it } from 'vitest'
import { staffCoursesDa } from '../../text/staffCourses.da'
import { checkPlanning, othersWhoLead, toRun, weekdayOf, wholeBetween, type Planning } from './planning'

const WORDS = staffCoursesDa.planForm
const typed: Planning = { id: 'i', code: 'learning', first: '2026-12-01', days: ['4', '2'], at: '10:00', minutes: '90', count: '5', seats: '8', place: ' Stuen ' }

describe('a group as it is planned', () => {
  it('goes over the wire with its days in order and a place without blanks', () => {
    expect(toRun(typed)).toMatchObject({ weekdays: [2, 4], place: 'Stuen', seats: 8, count: 5, first_on: '2026-12-01', at: '10:00' })
  })

  it('says of each field what is wrong with it', () => {
    expect(checkPlanning({ ...typed, first: '', days: [], at: '25', seats: '41', count: '0', minutes: 'x' }, WORDS)).toEqual({
      first: WORDS.wrongDate,
      days: WORDS.noDay,
      at: WORDS.wrongTime,
      seats: WORDS.number,
      count: WORDS.number,
      minutes: WORDS.number,
    })
    expect(checkPlanning(typed, WORDS)).toEqual({})
  })

  it('knows the day of the week of a date', () => {
    expect([weekdayOf('2026-12-01'), weekdayOf('2026-12-06'), weekdayOf('')]).toEqual([2, 7, null])
  })

  it('takes whole numbers within their limits alone', () => {
    expect([wholeBetween('40', 1, 40), wholeBetween('41', 1, 40), wholeBetween('1.5', 1, 40), wholeBetween('', 1, 40)]).toEqual([40, null, null, null])
  })

  it('is handed over to those who lead groups, have access, and do not have it already', () => {
    const one = { id: 'a', name: 'A', email: 'a@x', roles: ['course-leader' as const], active: true }
    const all = [one, { ...one, id: 'b' }, { ...one, id: 'c', active: false }, { ...one, id: 'd', roles: ['counsellor' as const] }]
    expect(othersWhoLead(all, ['a']).map(({ id }) => id)).toEqual(['b'])
  })
})
