import { describe, expect, it } from 'vitest'
import type { CheckIn } from '../api/checkins.ts'
import type { Sharing } from '../api/plan.ts'
import { isSeen } from './checkin-store.ts'
import { applyToCheckIn, applyToDay, goneCheckIn } from './checkins.ts'
import type { QueuedMutation } from './mutations.ts'

function change(op: 'put' | 'erase', fields: Record<string, unknown> = {}): QueuedMutation {
  return { entity: 'checkin', entity_id: 'a', op, fields } as unknown as QueuedMutation
}

const NEW = { at: '2026-11-23T09:00:00Z', mood: 3, urge: null, line: 'ord', goal_id: null, sharing: 'private' }

describe('a check-in on the phone', () => {
  it('is there as soon as it is written, and is not rewritten', () => {
    const written = applyToCheckIn(undefined, change('put', NEW))

    expect(written).toMatchObject({ id: 'a', mood: 3, line: 'ord', erased: false, offered_seq: null })
    expect(applyToCheckIn(written, change('put', { ...NEW, mood: 9 }))).toBe(written)
  })

  it('is empty from the moment it is deleted, whatever comes later', () => {
    const gone = applyToCheckIn(applyToCheckIn(undefined, change('put', NEW)), change('erase'))

    expect(gone).toEqual(goneCheckIn('a'))
    expect(applyToCheckIn(gone, change('put', NEW))).toEqual(goneCheckIn('a'))
  })
})

describe('a day on the phone', () => {
  it('says what was said last, before any server has answered', () => {
    const day = applyToDay(undefined, change('put', { on: '2026-11-20', used: false, what: 'øl', sharing: 'private' }))

    expect(day).toMatchObject({ id: 'a', used: false, what: 'øl', seq: Infinity })
  })
})

describe('whether the contact person can see one', () => {
  const choice = (said: Partial<Sharing>): Sharing => ({
    purpose: 'contact-person',
    item_class: 'check-ins',
    given: false,
    text_version: null,
    given_seq: null,
    withdrawn_seq: null,
    ...said,
  })
  const entry = (sharing: CheckIn['sharing'], offered: number | null): CheckIn => ({ ...goneCheckIn('a'), erased: false, sharing, offered_seq: offered })

  it.each([
    ['private under a yes', entry('private', null), choice({ given: true, given_seq: 1 }), false],
    ['under the yes that stands', entry('as-chosen', 5), choice({ given: true, given_seq: 4 }), true],
    ['under a yes that was taken back', entry('as-chosen', 5), choice({ withdrawn_seq: 6 }), false],
    ['from before a new yes', entry('as-chosen', 5), choice({ given: true, given_seq: 7, withdrawn_seq: 6 }), false],
    ['by itself, never a no', entry('shared', 5), null, true],
    ['by itself, before the last no', entry('shared', 5), choice({ withdrawn_seq: 6 }), false],
    ['by itself, after the last no', entry('shared', 7), choice({ withdrawn_seq: 6 }), true],
    ['by itself, not sent yet', entry('shared', null), null, 'sent'],
    ['under a yes, not sent yet', entry('as-chosen', null), choice({ given: true, given_seq: 4 }), 'sent'],
    ['under no yes, not sent yet', entry('as-chosen', null), choice({}), false],
  ] as const)('%s', (_what, written, chosen, seen) => {
    expect(isSeen(written, chosen)).toBe(seen)
  })
})
