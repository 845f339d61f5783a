/** Steps of goals, and what is told about them: on the phone first, paired or not, with or without a network. */
import type { Goal, GoalEvent, GoalQuestion, GoalStep } from '../api/citizen.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { answerName } from './goals.ts'
import { newId } from './identifiers.ts'
import type { Draft } from './mutations.ts'
import { change, records } from './phone.ts'
import type { Change, Vault } from './vault.ts'

/** What a person can tell about a goal. */
export interface Telling {
  kind: 'note' | 'answer' | 'level' | 'became-hard' | 'back-after-pause'
  text?: string
  question?: GoalQuestion
  /** −2 to 2. */
  level?: number
  /** The contact person may see it; what both sides see in any case has it true. */
  shared: boolean
  /** So many days the contact person is to be in touch more often. */
  closer_days?: number
  wants_talk?: boolean
}

export function goalOf(goalId: string): Goal | undefined {
  return records.value.goals.find((each) => each.id === goalId)
}

/** The steps of a goal in their order. */
export function stepsOf(goalId: string): GoalStep[] {
  const own = records.value.steps.filter((step) => step.goal_id === goalId && !step.erased)
  return own.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
}

/** What was told about a goal, newest first. */
export function eventsOf(goalId: string): GoalEvent[] {
  const own = records.value.events.filter((event) => event.goal_id === goalId && !event.erased)
  return own.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1))
}

function put(id: string, fields: Draft['fields']): Draft {
  return { entity: 'goal_step', entity_id: id, op: 'put', fields }
}

/** One step more, behind the others. False: the phone would not store it. */
export function addStep(goalId: string, text: string): Promise<boolean> {
  return change(() => {
    const last = Math.max(0, ...stepsOf(goalId).map((step) => step.position))
    return { drafts: [put(newId(), { goal_id: goalId, text, position: last + 1 })] }
  })
}

/** Says that a step is done, or not any more. */
export function tickStep(stepId: string, done: boolean): Promise<boolean> {
  return change(() => ({ drafts: [put(stepId, { done })] }))
}

/** Takes an own step away for good; with other words, another step takes its place. */
export function eraseStep(stepId: string, reworded?: string): Promise<boolean> {
  return change(async (rows, vault) => {
    const step = records.value.steps.find((each) => each.id === stepId && !each.erased)
    if (!step) return { drafts: [] }
    const { goal_id, position, done } = step
    const instead = reworded === undefined ? [] : [put(newId(), { goal_id, text: reworded, position, done })]
    return {
      drafts: [{ entity: 'goal_step', entity_id: stepId, op: 'erase', fields: {} }, ...instead],
      changes: [...forgetAll('goal_step', stepId, rows), ...(await forgetRefused(vault, stepId))],
    }
  })
}

/** Writes down something about a goal. False: the phone would not store it. */
export function tellGoal(goalId: string, telling: Telling): Promise<boolean> {
  return change(() => {
    const fields = { goal_id: goalId, ...telling, happened_at: new Date().toISOString() }
    return { drafts: [{ entity: 'goal_event', entity_id: newId(), op: 'put', fields }] }
  })
}

/** An answer stands in its goal as well: there the one before it stands again, or none. */
async function withoutAnswer(vault: Vault, event: GoalEvent | undefined): Promise<Change[]> {
  if (!event?.goal_id || !event.question) return []
  const { id, goal_id, question } = event
  const key = `goal:${goal_id}`
  const told = await vault.get<Goal>('record', key)
  if (!told?.answers) return []
  const before = eventsOf(goal_id).find((each) => each.id !== id && each.question === question)
  return [{ table: 'record', key, value: { ...told, answers: { ...told.answers, [answerName(question)]: before?.text ?? null } } }]
}

/** "Slet helt" for something that the person told. */
export function eraseEvent(eventId: string): Promise<boolean> {
  return change(async (rows, vault) => {
    const event = records.value.events.find((each) => each.id === eventId)
    const gone = [...forgetAll('goal_event', eventId, rows), ...(await forgetRefused(vault, eventId))]
    return {
      drafts: [{ entity: 'goal_event', entity_id: eventId, op: 'erase', fields: {} }],
      changes: [...gone, ...(await withoutAnswer(vault, event))],
    }
  })
}
