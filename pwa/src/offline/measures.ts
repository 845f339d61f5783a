/** Answers and plans with what waits applied on top. */
import type { MeasurePlan, MeasureResult } from '../api/measures.ts'
import type { QueuedMutation } from './mutations.ts'

export function goneResult(id: string): MeasureResult {
  return {
    id,
    plan_id: null,
    window_key: null,
    code: null,
    definition_version: null,
    items: {},
    things: [],
    complete: false,
    score: null,
    at: null,
    call_wished: false,
    sharing: 'private',
    offered_seq: null,
    erased: true,
  }
}

/** Whole answers stay as they are; begun ones are replaced by what comes later, until their owner deletes them for good. */
export function applyToResult(result: MeasureResult | undefined, { entity_id: id, op, fields }: QueuedMutation): MeasureResult {
  if (result?.erased || op === 'erase') return goneResult(id)
  if (result?.complete) return result
  return { ...goneResult(id), ...(fields as Partial<MeasureResult>), erased: false }
}

/** "Not now" lets one window go; without one nothing is asked any more. */
export function applyToPlan(plan: MeasurePlan | undefined, { fields, device_at }: QueuedMutation): MeasurePlan | undefined {
  if (!plan || plan.status !== 'active') return plan
  const key = fields['window_key'] as string | null
  if (key !== null) return { ...plan, skipped: [...plan.skipped, key] }
  return { ...plan, status: 'withdrawn', withdrawn_by: 'citizen', withdrawn_on: device_at.slice(0, 10) }
}
