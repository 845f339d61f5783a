/** What has happened with one goal, of every kind, in the order in which it happened. */
import type { Appointment, GoalEvent } from '../../api/citizen.ts'
import type { CrisisContact } from '../../api/crisisLine.ts'

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
)

interface Known {
  events: readonly GoalEvent[]
  appointments: readonly Appointment[]
  contacts: readonly CrisisContact[]
  checkins: readonly LineCheckin[]
}

/** When it happened: what a phone told late stands where its owner says it was. */
function whenOf(event: GoalEvent): string {
  return event.happened_at ?? event.at
}

/** Everything about a goal that was not deleted, newest first. */
export function lineOf(goalId: string, { events, appointments, contacts, checkins }: Known): LineItem[] {
  const isIts = (each: { goal_id?: string | null }) => each.goal_id === goalId
  const items: LineItem[] = [
    ...events.filter((each) => isIts(each) && !each.erased).map((thing) => ({ of: 'event' as const, at: whenOf(thing), thing })),
    ...appointments.filter(isIts).map((thing) => ({ of: 'appointment' as const, at: thing.starts_at, thing })),
    ...contacts.filter(isIts).map((thing) => ({ of: 'contact' as const, at: thing.opened_at, thing })),
    ...checkins
      .filter((each) => isIts(each) && !each.erased)
      .map((thing) => ({ of: 'check-in' as const, at: thing.at ?? '', thing })),
  ]
  return items.sort((a, b) => (Date.parse(b.at) || 0) - (Date.parse(a.at) || 0) || (a.thing.id < b.thing.id ? 1 : -1))
}
