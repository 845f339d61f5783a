/** What has happened with one goal, of every kind, in the order in which it happened. */
import type { Appointment, GoalEvent } from '../../api/citizen.ts'
import type { CourseSession } from '../../api/courses.ts'
import type { CrisisContact } from '../../api/crisisLine.ts'
import type { Answer, Assignment } from '../../offline/exercise-store.ts'

/** As much of a check-in as stands here. */
export interface LineCheckin {
  id: string
  at: string | null
  mood: number | null
  urge: number | null
  line: string | null
  goal_id: string | null
  erased: boolean
}

export type LineItem = { at: string } & (
  | { of: 'event'; thing: GoalEvent }
  | { of: 'appointment'; thing: Appointment }
  | { of: 'contact'; thing: CrisisContact }
  | { of: 'check-in'; thing: LineCheckin }
  | { of: 'given'; thing: Assignment }
  | { of: 'answer'; thing: Answer }
  | { of: 'session'; thing: CourseSession }
)

interface Known {
  events: readonly GoalEvent[]
  appointments: readonly Appointment[]
  contacts: readonly CrisisContact[]
  checkins: readonly LineCheckin[]
  /** Also what was taken back. */
  given: readonly Assignment[]
  /** Of each the newest wording, and none that was deleted. */
  answers: readonly Answer[]
  sessions: readonly CourseSession[]
}

/** When it happened: what a phone told late stands where its owner says it was. */
function whenOf(event: GoalEvent): string {
  return event.happened_at ?? event.at
}

/** There is or was a place: who waits for one has nothing yet. */
function hasPlace({ my, attended }: CourseSession): boolean {
  return my === 'enrolled' || (my === 'left' && attended === true)
}

/** Everything about a goal that was not deleted, newest first. */
export function lineOf(goalId: string, { events, appointments, contacts, checkins, given, answers, sessions }: Known): LineItem[] {
  const isIts = (each: { goal_id?: string | null }) => each.goal_id === goalId
  const givenForIt = new Set(given.filter(isIts).map((each) => each.id))
  const items: LineItem[] = [
    ...events.filter((each) => isIts(each) && !each.erased).map((thing) => ({ of: 'event' as const, at: whenOf(thing), thing })),
    ...appointments.filter(isIts).map((thing) => ({ of: 'appointment' as const, at: thing.starts_at, thing })),
    ...contacts.filter(isIts).map((thing) => ({ of: 'contact' as const, at: thing.opened_at, thing })),
    ...checkins
      .filter((each) => isIts(each) && !each.erased)
      .map((thing) => ({ of: 'check-in' as const, at: thing.at ?? '', thing })),
    ...given.filter(isIts).map((thing) => ({ of: 'given' as const, at: thing.given_at, thing })),
    ...answers
      .filter((each) => each.assignment_id !== null && givenForIt.has(each.assignment_id))
      .map((thing) => ({ of: 'answer' as const, at: thing.at, thing })),
    ...sessions.filter((each) => isIts(each) && hasPlace(each)).map((thing) => ({ of: 'session' as const, at: thing.starts_at, thing })),
  ]
  return items.sort((a, b) => (Date.parse(b.at) || 0) - (Date.parse(a.at) || 0) || (a.thing.id < b.thing.id ? 1 : -1))
}
