/** Questionnaires on the phone: what is asked, and what was answered. Paired or not, with or without a network. */
import { computed } from '@preact/signals'
import { offerResult, type MeasurePlan, type MeasureResult, type Thing } from '../api/measures.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { newId } from './identifiers.ts'
import { applyToPlan, applyToResult } from './measures.ts'
import { choiceOf, isOffered, offerOf, offerOnline } from './offers.ts'
import { applyEach } from './overlay.ts'
import { change, queue, records } from './phone.ts'

export type { MeasurePlan, Thing } from '../api/measures.ts'

export interface Result extends MeasureResult {
  code: string
  at: string
}

const told = <T>(entity: string) => (records.value.later[entity] ?? []) as T[]
const waitingFor = (entity: string) => queue.value.filter((each) => each.entity === entity && each.status !== 'refused')

/** Also those that were stopped: what was answered for them keeps its place. */
export const plans = computed<readonly MeasurePlan[]>(() =>
  applyEach(told<MeasurePlan>('measure_plan'), waitingFor('measure_plan'), applyToPlan).sort((a, b) => a.start_on.localeCompare(b.start_on)),
)

/** Newest first, without what was deleted; begun ones too. */
export const results = computed<readonly Result[]>(() => {
  const called = new Set(waitingFor('measure_call').map((each) => each.fields['result_id']))
  return applyEach(told<MeasureResult>('measure_result'), waitingFor('measure_result'), applyToResult)
    .filter((each): each is Result => !each.erased && each.at !== null && each.code !== null)
    .map((each) => (called.has(each.id) ? { ...each, call_wished: true } : each))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id))
})

/** After which scores the unit asks about a call, as this phone last heard. */
export const lowScores = computed<Readonly<Record<string, number>>>(() => records.value.profile?.low_scores ?? {})

/** Answers without words, and wishes for a call, that could not be kept; until the person has seen it. */
export const refusedHere = computed(() => records.value.rejected.filter(({ entity, content }) => content === '' && (entity === 'measure_result' || entity === 'measure_call')))

/** The yes to all of them, as this phone last heard of it. */
export const choice = choiceOf('questionnaires')

/** Whether the contact person can see it; `sent`: from when it has been sent. */
export function isSeen(result: MeasureResult): boolean | 'sent' {
  return isOffered(result, choice.value)
}

export interface NewResult {
  code: string
  version: number
  items?: Record<string, number>
  things?: Thing[]
  complete: boolean
  /** Which window it belongs to, where somebody asked. */
  asked: { plan_id: string; window_key: string } | null
  isOffered: boolean
  /** What was begun before. */
  goesOn?: string | null
  /** When those were written that the person went on from, as this phone had them then. */
  goesOnFrom?: string | null
}

/** Keeps answers, whole or begun. Their id, or null if the phone would not store them. */
export async function putResult({ code, version, items = {}, things = [], complete, asked, isOffered: wish, goesOn, goesOnFrom = null }: NewResult): Promise<string | null> {
  const id = goesOn ?? newId()
  const fields = {
    code,
    definition_version: version,
    plan_id: asked?.plan_id ?? null,
    window_key: asked?.window_key ?? null,
    items,
    things,
    complete,
    at: new Date().toISOString(),
    goes_on_from: goesOnFrom,
    ...offerOf(wish && complete, choice.value),
  }
  const isKept = await change(() => ({ drafts: [{ entity: 'measure_result', entity_id: id, op: 'put', fields }] }))
  return isKept ? id : null
}

/** Takes answers away for good, here and on every other phone. */
export function eraseResult(id: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'measure_result', entity_id: id, op: 'erase', fields: {} }],
    changes: [...forgetAll('measure_result', id, rows), ...(await forgetRefused(vault, id))],
  }))
}

/** "Not now" to one window; without one nothing is asked any more. */
export function decline(planId: string, windowKey: string | null): Promise<boolean> {
  return change(() => ({ drafts: [{ entity: 'measure_plan', entity_id: planId, op: 'decline', fields: { window_key: windowKey } }] }))
}

/** Asks for a call: it waits on the phone until it can be sent, and is never forgotten. */
export function wishCall(resultId: string): Promise<boolean> {
  return change(() => ({ drafts: [{ entity: 'measure_call', entity_id: newId(), op: 'put', fields: { result_id: resultId } }] }))
}

/** Whether the wish for a call has been sent. */
export function isCallSent(resultId: string): boolean {
  return !queue.value.some((each) => each.entity === 'measure_call' && each.status === 'waiting' && each.fields['result_id'] === resultId)
}

/** Shares some answers with the contact person, or no longer. False: nothing was changed. */
export function offer(id: string, given: boolean): Promise<boolean> {
  return offerOnline(id, () => offerResult(id, given))
}
