import { describe, expect, it } from 'vitest'
import type { Appointment, GoalEvent } from '../../api/citizen.ts'
import type { CrisisContact } from '../../api/crisisLine.ts'
import { goneEvent } from '../../offline/goals.ts'
import { daysSince } from './days.ts'
import { lineOf } from './line.ts'

const GOAL = 'g1'
const event = (id: string, more: Partial<GoalEvent>): GoalEvent => ({ ...goneEvent(id), erased: false, goal_id: GOAL, kind: 'note', ...more })
const appointment = (id: string, starts_at: string, goal_id = GOAL) => ({ id, starts_at, goal_id }) as Appointment
const contact = (id: string, opened_at: string) => ({ id, opened_at, goal_id: GOAL }) as CrisisContact
const checkin = (id: string, at: string) => ({ id, at, mood: 4, urge: null, line: null, goal_id: GOAL, erased: false })

describe('what has happened with a goal', () => {
  it('stands in one line of every kind, newest first, at the time its owner says it was', () => {
    const items = lineOf(GOAL, {
      events: [event('told-late', { at: '2026-11-22T10:00:00Z', happened_at: '2026-11-01T10:00:00+01:00' })],
      appointments: [appointment('talk', '2026-11-10T09:00:00Z'), appointment('other', '2026-11-10T09:00:00Z', 'g2')],
      contacts: [contact('night', '2026-11-20T02:00:00Z')],
      checkins: [checkin('mood', '2026-11-05T12:00:00Z')],
    })

    expect(items.map((each) => each.thing.id)).toEqual(['night', 'talk', 'mood', 'told-late'])
  })

  it('leaves out what was deleted for good, also of a goal that nobody knows any more', () => {
    const gone = { ...event('gone', {}), erased: true }
    const known = { events: [gone, goneEvent('empty')], appointments: [], contacts: [], checkins: [] }

    expect(lineOf(GOAL, known)).toEqual([])
  })
})

describe('days that somebody counts', () => {
  it('begin with the first day itself, also over a change of the clocks', () => {
    expect(daysSince('2026-11-22', '2026-11-22')).toBe(1)
    expect(daysSince('2026-10-24', '2026-10-26')).toBe(3)
    expect(daysSince('2026-11-23', '2026-11-22')).toBe(1)
  })
})
