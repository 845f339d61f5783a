import { describe, expect, it } from 'vitest'
import type { ReminderSettings } from '../../api/citizen.ts'
import type { QueuedMutation } from '../../offline/mutations.ts'
import { heldBack, type Wanted } from './heldBack.ts'

const NOW = new Date('2026-11-23T09:00:00Z')
const OFF: ReminderSettings = { appointments: false, week_before: false, two_hours_before: false, paused_until: null, version: 4 }
const ON: ReminderSettings = { ...OFF, appointments: true, week_before: true, two_hours_before: true }

let number = 0

function said(fields: Wanted, status: QueuedMutation['status'] = 'answered'): QueuedMutation {
  number += 1
  return {
    mutation_id: `m${number}`,
    entity: 'reminder_settings',
    entity_id: 'p1',
    op: 'put',
    fields: { ...fields, seen: { version: 3, after: [] } },
    schema_version: 1,
    device_at: '',
    client_seq: number,
    tried: true,
    made: {},
    status,
  }
}

function told(moment: Partial<Parameters<typeof heldBack>[0]>): Wanted {
  return heldBack({ kept: {}, before: [], after: [], settings: OFF, now: NOW, ...moment })
}

describe('an "on" that an "off" from another phone held back', () => {
  it.each(['appointments', 'week_before', 'two_hours_before'] as const)('is told of %s', (choice) => {
    expect(told({ before: [said({ [choice]: true })] })).toEqual({ [choice]: true })
  })

  it('is told of a pause that was ended and goes on', () => {
    const settings = { ...ON, paused_until: '2026-11-30T09:00:00Z' }

    expect(told({ before: [said({ paused_until: null })], settings })).toEqual({ paused_until: null })
  })

  it('is not told before the house has answered', () => {
    const waiting = said({ appointments: true }, 'waiting')

    expect(told({ before: [waiting], after: [waiting] })).toEqual({})
  })

  it('is told of the one choice that was held back, and not of the others', () => {
    const settings = { ...ON, appointments: false }

    expect(told({ before: [said({ appointments: true, two_hours_before: true })], settings })).toEqual({ appointments: true })
  })

  it('is not told of what was carried out, nor of an own "off", nor of a pause that is over', () => {
    const over = { ...ON, paused_until: '2026-11-22T09:00:00Z' }

    expect(told({ before: [said({ appointments: true })], settings: ON })).toEqual({})
    expect(told({ before: [said({ appointments: true }), said({ appointments: false })] })).toEqual({})
    expect(told({ before: [said({ paused_until: null })], settings: over })).toEqual({})
  })

  it('is not told of what was refused as a whole: its author sees that elsewhere', () => {
    const mutation = said({ appointments: true }, 'waiting')

    expect(told({ before: [mutation], after: [{ ...mutation, status: 'refused' }] })).toEqual({})
  })
})

describe('what was held back', () => {
  it('stays until it is answered', () => {
    expect(told({ kept: { appointments: true } })).toEqual({ appointments: true })
  })

  it('goes with a new choice of the person, and when it holds after all', () => {
    expect(told({ kept: { appointments: true }, after: [said({ appointments: false }, 'waiting')] })).toEqual({})
    expect(told({ kept: { appointments: true }, settings: ON })).toEqual({})
  })
})
