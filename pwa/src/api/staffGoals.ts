/** Goals as staff read and write them. */
import { call, list } from './staff'
import type { Goal, GoalOrigin, GoalStatus } from './staffTypes'

export type GoalKind = 'stop' | 'cut-down' | 'keep-stable' | 'other'
export type GoalTheme = 'meeting' | 'mastery' | 'network' | 'occupation'
export type Achievement = 'in-progress' | 'improving' | 'worsening' | 'no-change' | 'achieved' | 'not-achieved'
export type AnswerName = 'activity' | 'support' | 'amount' | 'by_when'
export type GoalQuestion = 'activity' | 'support' | 'amount' | 'by-when'

export interface Scaling {
  importance: number | null
  difficulty: number | null
  baseline: number | null
  reached: number | null
  /** Five texts, from −2 to +2. */
  levels: (string | null)[]
}

/** Everything both sides have said about one goal. */
export interface WholeGoal extends Goal {
  kind: GoalKind | null
  theme: GoalTheme | null
  review_on: string | null
  achievement: Achievement | null
  agreed: boolean
  closer_until: string | null
  answers: Record<AnswerName, string | null>
  scaling: Scaling | null
}

export interface GoalStep {
  id: string
  text: string
  origin: GoalOrigin
  done: boolean
  position: number
}

export type EventKind =
  | 'note'
  | 'answer'
  | 'level'
  | 'became-hard'
  | 'back-after-pause'
  | 'proposed'
  | 'accepted'
  | 'declined'
  | 'status'
  | 'achievement'
  | 'review'
  | 'step-added'
  | 'step-done'
  | 'step-undone'

export interface GoalEvent {
  id: string
  kind: EventKind
  by: 'citizen' | 'staff'
  staff_name: string | null
  at: string
  happened_at: string
  text: string | null
  question: GoalQuestion | null
  level: number | null
  value: string | null
  step_id: string | null
}

export interface GoalPage {
  goal: WholeGoal
  steps: GoalStep[]
  /** Newest first. */
  events: GoalEvent[]
  next_cursor: string | null
}

export interface NewGoal {
  id: string
  title: string
  origin: GoalOrigin
  kind?: GoalKind
  theme?: GoalTheme
  review_on?: string
}

export interface GoalChange {
  title?: string
  status?: GoalStatus | 'entered-in-error'
  kind?: GoalKind | null
  theme?: GoalTheme | null
  review_on?: string | null
  achievement?: Achievement | null
}

export interface NewEvent {
  id: string
  kind: 'note' | 'answer' | 'became-hard' | 'back-after-pause'
  text?: string
  question?: GoalQuestion
  closer_days?: number
}

export interface ReportedGoal extends Omit<Scaling, 'levels'> {
  id: string
  title: string
  origin: GoalOrigin
  status: GoalStatus
  achievement: Achievement | null
  /** Null where a level is missing; 0 counts for nothing. */
  weight: number | null
}

export interface GoalReport {
  goals: ReportedGoal[]
  t_score: { baseline: number; reached: number; change: number } | null
}

/** One line of what belongs to a goal: an appointment, a shared check-in, or what happened. */
export interface OnLine {
  at: string
  kind: 'appointment' | 'event' | 'check-in'
  id: string
  /** Of an event its kind, of an appointment where it stands. */
  code: string | null
  detail: string | null
  by: string | null
  name: string | null
  level: number | null
  mood: number | null
  urge: number | null
}

const one = encodeURIComponent

export const listWholeGoals = (citizenId: string): Promise<WholeGoal[]> => list(`/staff/citizens/${one(citizenId)}/goals`)

export function addGoal(citizenId: string, goal: NewGoal): Promise<WholeGoal> {
  return call(`/staff/citizens/${one(citizenId)}/goals`, { method: 'POST', body: goal })
}

export function getGoal(goalId: string, cursor?: string): Promise<GoalPage> {
  return call(`/staff/goals/${one(goalId)}`, { query: { cursor } })
}

export function changeGoal(goalId: string, version: number, change: GoalChange): Promise<WholeGoal> {
  return call(`/staff/goals/${one(goalId)}`, { method: 'PATCH', version, body: change })
}

/** Says yes to a goal of the person's own. */
export function agree(goalId: string): Promise<WholeGoal> {
  return call(`/staff/goals/${one(goalId)}/agree`, { method: 'POST' })
}

export function addStep(goalId: string, step: { id: string; text: string }): Promise<GoalStep> {
  return call(`/staff/goals/${one(goalId)}/steps`, { method: 'POST', body: step })
}

export function tickStep(stepId: string, done: boolean): Promise<GoalStep> {
  return call(`/staff/goal-steps/${one(stepId)}`, { method: 'PATCH', body: { done } })
}

/** Says that a step of ours should never have been written. */
export function removeStep(stepId: string): Promise<void> {
  return call(`/staff/goal-steps/${one(stepId)}`, { method: 'DELETE' })
}

export function tell(goalId: string, event: NewEvent): Promise<GoalEvent> {
  return call(`/staff/goals/${one(goalId)}/events`, { method: 'POST', body: event })
}

export function setScaling(goalId: string, version: number, scaling: Scaling): Promise<WholeGoal> {
  return call(`/staff/goals/${one(goalId)}/scaling`, { method: 'PUT', version, body: scaling })
}

export function getLine(goalId: string, cursor?: string): Promise<{ items: OnLine[]; next_cursor: string | null }> {
  return call(`/staff/goals/${one(goalId)}/line`, { query: { cursor } })
}

export const getReport = (citizenId: string): Promise<GoalReport> => call(`/staff/citizens/${one(citizenId)}/goal-report`)
