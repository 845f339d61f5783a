import { describe, expect, it } from 'vitest'
import { weekDa } from '../../text/week.da'
import type { Appointment, Reply } from '../../api/staffTypes'
import { noteWords } from './WeekEntry'

const booked = (reply: Reply, change: Partial<Appointment> = {}) =>
  ({
    status: 'booked',
    starts_at: '2026-11-24T09:00:00Z',
    ends_at: '2026-11-24T09:45:00Z',
    reminder: 'reached',
    override: false,
    overlaps: [] as string[],
    late_no_at: null,
    reply,
    ...change,
  }) as Appointment
const before = new Date('2026-11-24T08:00:00Z')
const after = new Date('2026-11-24T10:00:00Z')

describe('what stands out about an appointment', () => {
  it('is the answer, before the start and after it', () => {
    expect(noteWords(booked('declined'), before)).toEqual([weekDa.reply.declined])
    expect(noteWords(booked('declined'), after)).toEqual([weekDa.unsaid, weekDa.reply.declined])
    expect(noteWords(booked('tentative'), after)).toContain('Vil gerne have en anden tid')
  })

  it('is a no that came after the start, also when it is said that the person did not come', () => {
    const late = booked('needs-action', { status: 'noshow', late_no_at: '2026-11-24T09:05:00Z' })

    expect(noteWords(late, after)).toEqual(['Kom ikke', weekDa.lateNo])
  })

  it('is not the answer any more when it is said how it went', () => {
    expect(noteWords(booked('accepted', { status: 'fulfilled' }), after)).toEqual(['Holdt'])
  })
})
