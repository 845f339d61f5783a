import { describe, expect, it } from 'vitest'
import type { Appointment } from '../../api/staffTypes'
import { staffDa } from '../../text/staff.da'
import { changeSlot, checkSlot, inOrder, skipAlso, skipped, startBooking, startMove, timeOf, toBooking, toMove, usualKind } from './booking'
import { explainChange } from './changed'
import { slotLabels } from './SlotFields'
import { startRefusal } from './times'

const now = new Date('2026-11-23T09:00:00Z')

function appointment(change: Partial<Appointment>): Appointment {
  return {
    id: 'a',
    revision: 1,
    kind: 'talk',
    mode: 'in-person',
    place: 'Lokale 2',
    starts_at: '2026-11-24T09:00:00Z',
    ends_at: '2026-11-24T09:45:00Z',
    duration_minutes: 45,
    status: 'booked',
    cancellation: null,
    reason_code: null,
    noshow_excused: null,
    closed_at: null,
    series_id: null,
    override: false,
    override_reason: null,
    overlaps: [],
    wishes: [],
    wish_note: null,
    late_no_at: null,
    mine: true,
    reply: 'needs-action',
    moved_to_id: null,
    goal_id: null,
    staff_id: 's',
    staff_name: 'Anders',
    citizen_id: 'c',
    citizen_alias: 'Løvetand',
    reminder: 'planned',
    ...change,
  }
}

describe('booking', () => {
  it('sends the Danish time that was chosen', () => {
    const slot = { ...startBooking('talk'), date: '2027-06-01', time: '10:00', goal_id: 'g' }

    expect(toBooking(slot)).toEqual({
      id: slot.id,
      starts_at: '2027-06-01T10:00:00+02:00',
      duration_minutes: 45,
      kind: 'talk',
      mode: 'in-person',
      place: null,
      goal_id: 'g',
    })
  })

  it.each(['', '4', '481', '45.5', 'x'])('asks for another length than %s', (duration_minutes) => {
    const slot = { ...startBooking('talk'), date: '2027-06-01', time: '10:00', duration_minutes }

    expect(Object.keys(checkSlot(slot, staffDa))).toEqual(['duration_minutes'])
  })

  it('asks for both date and time', () => {
    expect(checkSlot({ ...startBooking('talk'), date: '2027-06-01' }, staffDa)).toEqual({
      starts_at: staffDa.appointments.chooseTime,
    })
  })

  it('suggests the first talk until there has been one agreed', () => {
    expect(usualKind([])).toBe('first-talk')
    expect(usualKind([appointment({ kind: 'first-talk', status: 'cancelled' })])).toBe('first-talk')
    expect(usualKind([appointment({ kind: 'first-talk' })])).toBe('talk')
  })
})

describe('what was agreed to about one time', () => {
  const agreed = { ...startBooking('talk'), date: '2027-06-01', time: '10:00', repeat: 'weekly', override_reason: 'De kommer sammen', skip: '2027-06-08' }

  it.each([
    ['date', '2027-06-02'],
    ['time', '10:15'],
    ['duration_minutes', '60'],
    ['repeat', 'fortnightly'],
    ['count', '9'],
  ])('is asked about anew when the %s changes', (name, value) => {
    const changed = changeSlot(agreed, name, value)

    expect(changed).toMatchObject({ [name]: value, override_reason: '', skip: '' })
    expect(timeOf(changed)).not.toBe(timeOf(agreed))
  })

  it('stays when something else changes, or the same is typed again', () => {
    expect(changeSlot(agreed, 'place', 'Lokale 3')).toEqual({ ...agreed, place: 'Lokale 3' })
    expect(changeSlot(agreed, 'date', agreed.date)).toEqual(agreed)
    expect(timeOf(changeSlot(agreed, 'override_reason', 'Kort'))).toBe(timeOf(agreed))
  })

  it('has each date that is left out once, in order, and under a name of its own', () => {
    expect(skipAlso(agreed, ['2027-06-22', '2027-06-08'])).toBe('2027-06-08,2027-06-22')
    expect(skipped({ skip: '' })).toEqual([])
    expect(slotLabels()['skip']).toBe(staffDa.appointments.clash.skipLabel)
  })
})

describe('moving', () => {
  it('begins where the appointment stands, on a Danish clock', () => {
    expect(startMove(appointment({}))).toMatchObject({ date: '2026-11-24', time: '10:00', place: 'Lokale 2' })
  })

  it('takes the place away when it was emptied', () => {
    expect(toMove({ ...startMove(appointment({})), place: ' ' }).place).toBeNull()
  })

  it('says where to look when somebody else was faster', () => {
    expect(explainChange({ stale: true, message: 'x' }, staffDa).message).toBe(staffDa.appointments.changed)
    expect(explainChange({ message: 'x' }, staffDa).message).toBe('x')
  })
})

describe('why a start was refused', () => {
  it.each([
    ['2027-03-28', '02:30', staffDa.appointments.skipped],
    ['2026-11-22', '10:00', staffDa.appointments.inThePast],
    ['2030-01-01', '10:00', staffDa.appointments.tooFar],
    ['', '', staffDa.appointments.chooseTime],
  ])('%s %s', (date, time, words) => {
    expect(startRefusal(date, time, now, staffDa)).toBe(words)
  })
})

describe('the order of appointments', () => {
  it('has what comes soonest first, and what was latest first', () => {
    const all = [
      appointment({ id: 'later', starts_at: '2026-12-01T09:00:00Z' }),
      appointment({ id: 'soon' }),
      appointment({ id: 'going on', starts_at: '2026-11-23T08:30:00Z' }),
      appointment({ id: 'cancelled', status: 'cancelled' }),
      appointment({ id: 'long ago', status: 'fulfilled', starts_at: '2026-10-01T09:00:00Z' }),
      appointment({ id: 'came, and then?', status: 'arrived', starts_at: '2026-11-20T09:00:00Z' }),
      appointment({ id: 'forgotten', starts_at: '2026-11-19T09:00:00Z' }),
    ]

    const { unsaid, coming, past } = inOrder(all, now)

    expect(unsaid.map((one) => one.id)).toEqual(['forgotten', 'came, and then?'])
    expect(coming.map((one) => one.id)).toEqual(['going on', 'soon', 'later'])
    expect(past.map((one) => one.id)).toEqual(['cancelled', 'long ago'])
  })
})
