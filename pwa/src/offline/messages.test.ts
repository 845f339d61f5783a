import { describe, expect, it } from 'vitest'
import type { Message } from '../api/messages.ts'
import { isErasable, tombstoneOf } from './erasure.ts'
import { applyToMessage, goneMessage } from './messages.ts'
import type { QueuedMutation } from './mutations.ts'

function queued(op: 'put' | 'erase', fields = {}): QueuedMutation {
  return { entity: 'message', entity_id: 'a', op, fields, device_at: '2026-11-23T09:00:00Z' } as unknown as QueuedMutation
}

const told: Message = { ...goneMessage('a'), at: '2026-11-23T09:00:00Z', order: 7, text: 'Hej', erased: false }

describe('a message on the phone', () => {
  it('stands last until the house has given it its place', () => {
    expect(applyToMessage(undefined, queued('put', { text: 'Hej' }))).toEqual({ ...told, order: Infinity })
  })

  it('stays as it was taken in', () => {
    expect(applyToMessage(told, queued('put', { text: 'Noget andet' }))).toBe(told)
  })

  it('is empty once it was deleted for good, whatever comes after', () => {
    expect(applyToMessage(told, queued('erase'))).toEqual(goneMessage('a'))
    expect(applyToMessage(goneMessage('a'), queued('put', { text: 'Hej' }))).toEqual(goneMessage('a'))
  })

  it('can be deleted for good', () => {
    expect(isErasable('message')).toBe(true)
    expect(tombstoneOf('message', 'a')).toEqual(goneMessage('a'))
  })
})
