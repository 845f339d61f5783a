/** What goals look like on this phone: what the server told, with what waits applied on top. */
import type { Goal, GoalAnswers, GoalEvent, GoalQuestion, GoalScaling, GoalStep } from '../api/citizen.ts'
import type { QueuedMutation } from './mutations.ts'

const NO_ANSWERS: GoalAnswers = { activity: null, support: null, amount: null, by_when: null }
const NO_SCALING: GoalScaling = { importance: null, difficulty: null, baseline: null, reached: null, levels: [] }
const DAY_MS = 86_400_000

export function goneStep(id: string): GoalStep {
  return { id, goal_id: null, text: null, origin: 'citizen', position: 0, done: false, erased: true }
}

export function goneEvent(id: string): GoalEvent {
  const nothing = { happened_at: null, text: null, question: null, level: null, value: null, step_id: null }
  return { id, goal_id: null, kind: null, by: 'citizen', at: '', ...nothing, shared: false, erased: true }
}

function newGoal(id: string): Goal {
  return { id, title: '', titles: [], origin: 'citizen', status: 'active', version: 0 }
}

export function titlesOf(goal: Goal): string[] {
  return goal.titles ?? [goal.title]
}

function retitle(goal: Goal, title: { value: string; base_version: number }): string[] {
  if (title.base_version >= goal.version) return [title.value]
  return [...titlesOf(goal).filter((each) => each !== title.value), title.value]
}

/** One change of a goal; its version stays the one that the server told last. */
function putGoal(goal: Goal | undefined, { entity_id: id, fields }: QueuedMutation): Goal | undefined {
  const { title, ...said } = fields as Partial<Omit<Goal, 'title'>> & { title?: { value: string; base_version: number } }
  if (!goal && !title) return undefined
  const before = goal ?? newGoal(id)
  const titles = title ? retitle(before, title) : titlesOf(before)
  return { ...before, ...said, titles, title: titles[0] ?? '' }
}

/** Under which name a question's answer stands in its goal. */
export function answerName(question: GoalQuestion): keyof GoalAnswers {
  return question === 'by-when' ? 'by_when' : question
}

interface Told {
  goal_id: string
  question?: GoalQuestion
  text?: string
  level?: number
  closer_days?: number
}

/** What something told about a goal makes of it: an answer, how far it is, or that somebody is nearer for a while. */
function tell(goal: Goal, { fields, device_at }: QueuedMutation): Goal {
  const { question, text = null, level, closer_days: days } = fields as unknown as Told
  const answered = question && { answers: { ...(goal.answers ?? NO_ANSWERS), [answerName(question)]: text } }
  const reached = level !== undefined && { scaling: { ...(goal.scaling ?? NO_SCALING), reached: level } }
  const until = days !== undefined && { closer_until: new Date(Date.parse(device_at) + days * DAY_MS).toISOString().slice(0, 10) }
  return { ...goal, ...answered, ...reached, ...until }
}

/** Applies what was changed in goals, and what was told about them, in the order in which it happened. */
export function applyToGoals(goals: readonly Goal[], mutations: readonly QueuedMutation[]): Goal[] {
  const byId = new Map(goals.map((goal) => [goal.id, goal]))
  for (const mutation of mutations) {
    const isTold = mutation.entity === 'goal_event' && mutation.op === 'put'
    const id = isTold ? (mutation.fields as unknown as Told).goal_id : mutation.entity_id
    const goal = byId.get(id)
    const changed = mutation.entity === 'goal' ? putGoal(goal, mutation) : isTold && goal && tell(goal, mutation)
    if (changed) byId.set(id, changed)
  }
  return [...byId.values()]
}

/** One change of a step: its words never change, only whether it is done. */
export function applyToStep(step: GoalStep | undefined, { entity_id: id, op, fields }: QueuedMutation): GoalStep | undefined {
  if (step?.erased || op === 'erase') return goneStep(id)
  const { goal_id, text, position = 0, done } = fields as Partial<GoalStep>
  if (step) return { ...step, done: done ?? step.done }
  if (goal_id === undefined || text === undefined) return undefined
  return { id, goal_id, text, origin: 'citizen', position, done: done ?? false, erased: false }
}

/** Something told about a goal stays as it was told, until its owner deletes it for good. */
export function applyToEvent(event: GoalEvent | undefined, mutation: QueuedMutation): GoalEvent | undefined {
  const { entity_id: id, op, fields, device_at: at } = mutation
  if (event?.erased || op === 'erase') return goneEvent(id)
  return event ?? { ...goneEvent(id), at, ...(fields as Partial<GoalEvent>), erased: false }
}
