/** What a person is asked, the answers that the person shares, and the rules after which a phone asks about a call. */
import type { Thing } from './measures.ts'
import { call } from './staff'

export { written } from './staff'

export type WindowState = 'upcoming' | 'due' | 'overdue' | 'expired' | 'partial' | 'completed' | 'withdrawn'

export interface ShownWindow {
  key: string
  opens_on: string
  due_on: string
  overdue_on: string
  expires_on: string
  /** As far as shared answers tell. */
  state: WindowState
  result_id: string | null
}

export interface ShownPlan {
  id: string
  code: string
  start_on: string
  end_on: string | null
  status: 'active' | 'withdrawn'
  withdrawn_by: 'citizen' | 'staff' | null
  withdrawn_on: string | null
  version: number
  windows: ShownWindow[]
}

export interface SharedResult {
  id: string
  code: string
  definition_version: number
  plan_id: string | null
  window_key: string | null
  items: Record<string, number>
  things: Thing[]
  score: number | null
  at: string
}

export interface Measures {
  shared: boolean
  plans: ShownPlan[]
  /** Newest first. */
  results: SharedResult[]
  offered: string[]
}

export interface Rule {
  code: string
  /** Null: no rule is on. */
  at_most: number | null
  lowest_score: number
  highest_score: number
  bands: { from: number; to: number; source: string }[]
  /** Newest first. */
  history: { at_most: number; on_at: string; on_by: string; off_at: string | null; off_by: string | null }[]
}

const one = encodeURIComponent
const of = (citizenId: string) => `/staff/citizens/${one(citizenId)}/measures`

/** Each look is written down. */
export const getMeasures = (citizenId: string): Promise<Measures> => call(of(citizenId))

export function beginPlan(citizenId: string, plan: { code: string; start_on: string; end_on: string | null }): Promise<ShownPlan> {
  return call(of(citizenId), { method: 'POST', body: plan })
}

/** A new end (null: none yet), or that nothing is asked any more. */
export function changePlan(plan: ShownPlan, change: { end_on: string | null } | { status: 'withdrawn' }): Promise<ShownPlan> {
  return call(`/staff/measure-plans/${one(plan.id)}`, { method: 'PATCH', version: plan.version, body: change })
}

export const listRules = (): Promise<{ items: Rule[] }> => call('/staff/measure-rules')

export function setRule(code: string, atMost: number | null): Promise<{ items: Rule[] }> {
  return call('/staff/measure-rules', { method: 'PUT', body: { code, at_most: atMost } })
}
