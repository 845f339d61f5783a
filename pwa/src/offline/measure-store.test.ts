import { describe, expect, it } from 'vitest'
import type { MeasurePlan, MeasureResult } from '../api/measures.ts'
import { applyToPlan, applyToResult, goneResult } from './measures.ts'
import type { QueuedMutation } from './mutations.ts'
import { applyQueue } from './overlay.ts'
import { NO_RECORDS } from './records.ts'

const ID = '01998a11-0000-7000-8000-000000000001'
const PLAN: MeasurePlan = { id: ID, code: 'who-5', start_on: '2026-11-23', end_on: null, status: 'active', withdrawn_by: null, withdrawn_on: null, skipped: ['start'], version: 1 }
const WHOLE: MeasureResult = { ...goneResult(ID), code: 'who-5', definition_version: 1, items: { calm: 3 }, complete: true, score: 12, at: '2026-11-23T09:00:00Z', erased: false }

function waiting(op: QueuedMutation['op'], fields: Record<string, unknown> = {}): QueuedMutation {
  return {
    mutation_id: ID,
    entity: 'measure_result',
    entity_id: ID,
    op,
    fields,
    schema_version: 1,
    device_at: '2026-11-24T10:00:00Z',
    client_seq: null,
    tried: false,
    made: {},
    status: 'waiting',
  }
}

describe('answers', () => {
  it('stand as they were written before the server has told', () => {
    const found = applyToResult(undefined, waiting('put', { code: 'who-5', items: { calm: 1 }, complete: false }))

    expect(found).toMatchObject({ id: ID, items: { calm: 1 }, complete: false, score: null, erased: false })
  })

  it('are replaced by more of them until they are whole, and never after', () => {
    const begun = { ...WHOLE, complete: false, score: null }

    expect(applyToResult(begun, waiting('put', { items: { calm: 5 }, complete: true })).items).toEqual({ calm: 5 })
    expect(applyToResult(WHOLE, waiting('put', { items: { calm: 5 }, complete: true }))).toBe(WHOLE)
  })

  it('are gone for good when their owner deletes them, whatever comes later', () => {
    expect(applyToResult(WHOLE, waiting('erase'))).toEqual(goneResult(ID))
    expect(applyToResult(goneResult(ID), waiting('put', { items: { calm: 5 } }))).toEqual(goneResult(ID))
  })
})

describe('answers that were refused', () => {
  it('are shown in the own words that stood in them', () => {
    const refused: QueuedMutation = { ...waiting('put', { things: [{ what: 'Øl om aftenen', weeks: [3] }, { what: 'Hash', weeks: [1] }] }), status: 'refused' }

    expect(applyQueue(NO_RECORDS, [refused]).rejected).toMatchObject([{ entity: 'measure_result', content: 'Øl om aftenen\nHash' }])
  })
})

describe('a no', () => {
  it('to one window keeps the plan', () => {
    expect(applyToPlan(PLAN, waiting('decline', { window_key: 'month-3' }))).toMatchObject({ status: 'active', skipped: ['start', 'month-3'] })
  })

  it('to all of it stops the plan, and nothing is added to one that was stopped', () => {
    const stopped = applyToPlan(PLAN, waiting('decline', { window_key: null }))

    expect(stopped).toMatchObject({ status: 'withdrawn', withdrawn_by: 'citizen', withdrawn_on: '2026-11-24' })
    expect(applyToPlan(stopped, waiting('decline', { window_key: 'month-3' }))).toBe(stopped)
  })
})
