import { describe, expect, it } from 'vitest'
import { offerOf } from './offer.ts'

const OVER = { id: 'a', closed_at: '2026-11-20T03:00:00Z' }
const LATER = { id: 'b', closed_at: '2026-11-21T03:00:00Z' }
const known = { contacts: [], review_on: null, answered: undefined, today: '2026-11-22' }

describe('looking at the plan again', () => {
  it('is asked about after a contact that is over, not during one', () => {
    expect(offerOf({ ...known, contacts: [OVER] })).toEqual({ reason: 'contact', key: 'a' })
    expect(offerOf({ ...known, contacts: [{ id: 'a', closed_at: null }] })).toBeNull()
  })

  it('is never asked about twice for the same contact', () => {
    expect(offerOf({ ...known, contacts: [OVER], answered: 'a' })).toBeNull()
    expect(offerOf({ ...known, contacts: [OVER, LATER], answered: 'a' })).toEqual({ reason: 'contact', key: 'b' })
  })

  it('is asked about from the day on that the person chose, until that is put away or moved', () => {
    const due = { ...known, review_on: '2026-11-22' }
    expect(offerOf(due)).toEqual({ reason: 'day', key: '2026-11-22' })
    expect(offerOf({ ...due, review_on: '2026-11-23' })).toBeNull()
    expect(offerOf({ ...due, answered: '2026-11-22' })).toBeNull()
    expect(offerOf({ ...due, answered: '2026-11-01' })).not.toBeNull()
  })

  it('is asked about once where both are so', () => {
    const both = { ...known, contacts: [OVER], review_on: '2026-11-20' }
    const first = offerOf(both)
    expect(first).toEqual({ reason: 'day', key: 'a 2026-11-20' })
    expect(offerOf({ ...both, answered: first?.key })).toBeNull()
  })

  it('asks nothing of somebody who had no contact and chose no day', () => {
    expect(offerOf(known)).toBeNull()
    expect(offerOf({ ...known, answered: 7 })).toBeNull()
  })
})
