/** What somebody is asked now, worked out on the phone by the calendar alone. */
import { plans, results, type MeasurePlan, type Result } from '../../offline/measure-store.ts'
import { wallNow } from '../clock.ts'
import { definitionOf, type Definition } from './definitions.ts'
import { currentWindow, stateOf, windowsOf, type Window, type WindowState } from './windows.ts'

export interface Asked {
  definition: Definition
  plan: MeasurePlan
  window: Window
  isBegun: boolean
}

const WAITS: readonly WindowState[] = ['due', 'overdue', 'partial']
/** After "not now" nothing is asked; who answers all the same has answered for that window. */
const TAKES: readonly WindowState[] = [...WAITS, 'withdrawn']

function openIn(plan: MeasurePlan, today: string, states: readonly WindowState[]): Asked | null {
  const definition = definitionOf(plan.code)
  const window = currentWindow(windowsOf(plan, today), today)
  if (!definition || !window || plan.status !== 'active') return null
  const answered = results.value.filter((each) => each.plan_id === plan.id)
  const state = stateOf(window, { today, answered, skipped: plan.skipped })
  return states.includes(state) ? { definition, plan, window, isBegun: state === 'partial' } : null
}

function openNow(states: readonly WindowState[]): Asked[] {
  return plans.value.map((plan) => openIn(plan, wallNow.value.date, states)).filter((each): each is Asked => each !== null)
}

/** Everything that waits for an answer, in no hurry. */
export function askedNow(): Asked[] {
  return openNow(WAITS)
}

/** For which window an answer counts that is given now; also one that nobody waits for any more. */
export function countsFor(code: string): Asked | undefined {
  return openNow(TAKES).find((each) => each.plan.code === code)
}

/** What was begun and not finished, to go on with. */
export function begunOf(code: string): Result | null {
  return results.value.find((each) => each.code === code && !each.complete) ?? null
}

/** The last day on which it can be answered. */
export function lastDay(window: Window): string {
  return new Date(Date.parse(window.expires_on) - 86_400_000).toISOString().slice(0, 10)
}
