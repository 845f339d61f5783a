import { describe, expect, it } from 'vitest'
import type { FoundPerson, RunSession } from '../../api/staffCourses'
import { staffCoursesDa } from '../../text/staffCourses.da'
import { aheadOf, checkWhich, chosenOf, startWhich, toWish } from './enrolling'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function session(number: number, starts_at: string, status: RunSession['status'] = 'booked'): RunSession {
  return { id: `s${number}`, number, theme: null, theme_title: null, starts_at, minutes: 90, status, enrolled: 0, attendance_taken: false, reason: null, revision: 1 }
}

const SESSIONS = [session(1, '2026-11-10T09:00:00Z', 'held'), session(2, '2026-11-24T09:00:00Z', 'cancelled'), session(3, '2026-12-01T09:00:00Z'), session(4, '2026-12-08T09:00:00Z')]

describe('who is given the place', () => {
  const people: readonly FoundPerson[] = ['a', 'b'].map((id) => ({ citizen_id: id, alias: `Alias ${id}`, enrolled: false }))

  it('is who was chosen among those found, or the only one', () => {
    expect(chosenOf(people, 'b')).toBe('b')
    expect(chosenOf(people.slice(0, 1), '')).toBe('a')
    expect(chosenOf(people, '')).toBe('')
  })

  it('is never somebody who is not on the screen', () => {
    expect(chosenOf(null, 'a')).toBe('')
    expect(chosenOf([], 'a')).toBe('')
    expect(chosenOf(people, 'c')).toBe('')
    expect(chosenOf(people.slice(1), 'a')).toBe('b')
  })
})

describe('which times somebody is enrolled for', () => {
  it('begins with the first that still lies ahead', () => {
    expect(aheadOf(SESSIONS, NOW).map((each) => each.number)).toEqual([3, 4])
    expect(toWish(startWhich(SESSIONS, NOW))).toEqual({ from_number: 3 })
  })

  it('is one time alone for whoever takes a theme that was missed', () => {
    expect(toWish({ which: 'some', from: '3', numbers: ['4'] })).toEqual({ numbers: [4] })
    expect(checkWhich({ which: 'some', from: '3', numbers: [] }, staffCoursesDa)).toEqual({ numbers: staffCoursesDa.enrolForm.noneChosen })
  })
})
