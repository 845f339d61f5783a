import { describe, expect, it } from 'vitest'
import type { Appointment, GoalEvent } from '../../api/citizen.ts'
import type { CourseSession } from '../../api/courses.ts'
import type { CrisisContact } from '../../api/crisisLine.ts'
import type { Answer, Assignment } from '../../offline/exercise-store.ts'
import { goneEvent } from '../../offline/goals.ts'
import { daysSince } from './days.ts'
import { lineOf } from './line.ts'

const GOAL = 'g1'
const event = (id: string, more: Partial<GoalEvent>): GoalEvent => ({ ...goneEvent(id), erased: false, goal_id: GOAL, kind: 'note', ...more })
const appointment = (id: string, starts_at: string, goal_id = GOAL) => ({ id, starts_at, goal_id }) as Appointment
const contact = (id: string, opened_at: string) => ({ id, opened_at, goal_id: GOAL }) as CrisisContact
const checkin = (id: string, at: string) => ({ id, at, mood: 4, urge: null, line: null, goal_id: GOAL, erased: false })
const given = (id: string, given_at: string, goal_id: string | null = GOAL) => ({ id, given_at, goal_id }) as Assignment
const answer = (id: string, at: string, assignment_id: string | null) => ({ id, at, assignment_id }) as Answer
const session = (id: string, more: Partial<CourseSession>) =>
  ({ id, goal_id: GOAL, starts_at: '2026-11-24T09:00:00Z', my: 'enrolled', attended: null, ...more }) as CourseSession
const nothing = { events: [], appointments: [], contacts: [], checkins: [], given: [], answers: [], sessions: [] }

describe('what has happened with a goal', () => {
  it('stands in one line of every kind, newest first, at the time its owner says it was', () => {
    const items = lineOf(GOAL, {
      events: [event('told-late', { at: '2026-11-22T10:00:00Z', happened_at: '2026-11-01T10:00:00+01:00' })],
      appointments: [appointment('talk', '2026-11-10T09:00:00Z'), appointment('other', '2026-11-10T09:00:00Z', 'g2')],
      contacts: [contact('night', '2026-11-20T02:00:00Z')],
      checkins: [checkin('mood', '2026-11-05T12:00:00Z')],
      given: [given('breathing', '2026-11-12T08:00:00Z'), given('for-another', '2026-11-12T08:00:00Z', 'g2')],
      answers: [answer('done', '2026-11-13T21:00:00Z', 'breathing')],
      sessions: [session('group', {})],
    })

    expect(items.map((each) => each.thing.id)).toEqual(['group', 'night', 'done', 'breathing', 'talk', 'mood', 'told-late'])
  })

  it('leaves out what was deleted for good, also of a goal that nobody knows any more', () => {
    const gone = { ...event('gone', {}), erased: true }

    expect(lineOf(GOAL, { ...nothing, events: [gone, goneEvent('empty')] })).toEqual([])
  })

  it('leaves out exercises that were for something else, or that nobody gave', () => {
    const known = {
      given: [given('mine', '2026-11-12T08:00:00Z', null), given('other', '2026-11-12T08:00:00Z', 'g2')],
      answers: [answer('a', '2026-11-13T08:00:00Z', 'mine'), answer('b', '2026-11-13T08:00:00Z', 'other'), answer('c', '2026-11-13T08:00:00Z', null)],
    }

    expect(lineOf(GOAL, { ...nothing, ...known })).toEqual([])
  })

  it('tells of a group only the times at which there is a place, or the person was', () => {
    const sessions = [
      session('waits', { my: 'waiting' }),
      session('other', { goal_id: 'g2' }),
      session('no-goal', { goal_id: null }),
      session('left-before', { my: 'left' }),
      session('was-there', { my: 'left', attended: true }),
      session('missed', { attended: false }),
    ]

    expect(lineOf(GOAL, { ...nothing, sessions }).map((each) => each.thing.id)).toEqual(['was-there', 'missed'])
  })
})

describe('days that somebody counts', () => {
  it('begin with the first day itself, also over a change of the clocks', () => {
    expect(daysSince('2026-11-22', '2026-11-22')).toBe(1)
    expect(daysSince('2026-10-24', '2026-10-26')).toBe(3)
    expect(daysSince('2026-11-23', '2026-11-22')).toBe(1)
  })
})
