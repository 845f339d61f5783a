import { describe, expect, it } from 'vitest'
import type { Line } from '../../api/staffConsole'
import { staffDa } from '../../text/staff.da'
import { staffConsoleDa } from '../../text/staffConsole.da'
import { staffGoalsDa } from '../../text/staffGoals.da'
import { type Names, say } from './lineWords'

const words = { line: staffConsoleDa.line, staff: staffDa, goals: staffGoalsDa }
const some: Line = {
  at: '2026-11-23T09:00:00Z',
  kind: 'message',
  id: 'a',
  code: null,
  title: null,
  detail: null,
  by: null,
  name: null,
  goal_id: null,
  subject: null,
  level: null,
  mood: null,
  urge: null,
}
const said = (more: Partial<Line>) => say({ ...some, ...more }, words, 'da', new Date('2026-11-23T09:00:00Z'))

describe('a line of time in words', () => {
  it('names an appointment, what came of it, and with whom', () => {
    expect(said({ kind: 'appointment', code: 'fulfilled', detail: 'talk', name: 'Anders' })).toEqual({
      what: 'Samtale: holdt',
      more: [],
      who: 'hos Anders',
    })
  })

  it('says of a message only that it was written', () => {
    expect(said({ by: 'citizen' })).toEqual({ what: 'Besked fra personen', more: [], who: null })
    expect(said({ by: 'staff', name: 'Anders' })).toEqual({ what: 'Besked til personen', more: [], who: 'Anders' })
  })

  it('shows what happened on the way to a goal in words, never in codes', () => {
    expect(said({ kind: 'event', code: 'became-hard', title: 'Sove', detail: 'Det gik ikke', by: 'citizen' })).toEqual({
      what: 'Det blev svært',
      more: ['Sove', 'Det gik ikke'],
      who: 'Personen selv',
    })
    expect(said({ kind: 'event', code: 'status', detail: 'on-hold', by: 'staff', name: 'Anders' }).more).toEqual(['På pause'])
    expect(said({ kind: 'event', code: 'review', detail: '2026-11-24' }).more).toEqual(['i morgen'])
    expect(said({ kind: 'event', code: 'level', level: -2 }).more).toEqual(['\u22122'])
    expect(said({ kind: 'event', code: 'accepted', detail: 'active', by: 'citizen' }).more).toEqual([])
  })

  it('shows a check-in with what was set and nothing for what was not', () => {
    expect(said({ kind: 'check-in', mood: 0, detail: 'Ro', by: 'citizen' })).toEqual({
      what: 'Check-in, Humør 0 af 10',
      more: ['Ro'],
      who: 'Personen selv',
    })
  })

  it('names an exercise that was given, and what the person shares of it', () => {
    const names: Names = { exercise: (id, own) => own ?? `den, der hedder ${id}`, session: () => null }
    const told = (more: Partial<Line>) => say({ ...some, ...more }, words, 'da', new Date('2026-11-23T09:00:00Z'), names)

    expect(told({ kind: 'exercise', code: 'given', subject: 'x', detail: 'Til dig', by: 'staff', name: 'Anders' })).toEqual({
      what: 'Øvelse givet: den, der hedder x',
      more: ['Til dig'],
      who: 'Anders',
    })
    expect(told({ kind: 'exercise-answer', code: 'done', title: 'Min egen', by: 'citizen' })).toEqual({
      what: 'Øvelse lavet: Min egen',
      more: [],
      who: 'Personen selv',
    })
    expect(told({ kind: 'exercise-answer', code: 'not-now', subject: 'x', by: 'citizen' }).what).toBe('Øvelse, svaret er ikke nu: den, der hedder x')
  })

  it('says of a group what it was about and whether the person was there, in words, never in codes', () => {
    const names: Names = { exercise: () => null, session: (course, theme) => `${course} om ${theme}` }
    const told = (more: Partial<Line>) =>
      say({ ...some, kind: 'session', detail: 'kursus', subject: 'tema', ...more }, words, 'da', new Date('2026-11-23T09:00:00Z'), names).what

    expect(told({ code: 'present' })).toBe('Gruppe, personen var der: kursus om tema')
    expect(told({ code: 'absent' })).toBe('Gruppe, personen var der ikke: kursus om tema')
  })

  it('shows exercises and groups by no code while their names have not come', () => {
    expect(said({ kind: 'exercise', code: 'given', subject: 'urge-surfing' }).what).toBe('Øvelse givet')
    expect(said({ kind: 'session', code: 'booked', detail: 'learning', subject: 'law' }).what).toBe('Gruppe, aftalt')
  })

  it('says who began and who ceased', () => {
    expect(said({ kind: 'relation', code: 'began', detail: 'stand-in', name: 'Birgit' }).what).toBe('Stedfortræder begyndte')
    expect(said({ kind: 'relation', code: 'ended', detail: 'stand-in', name: 'Birgit' }).what).toBe('Stedfortræder sluttede')
  })
})
