import type { Goal } from '../../api/citizen.ts'

/** Where the person may say that a goal stands now. Put away is not among them: that is talked about. */
export type Step = 'active' | 'on-hold' | 'completed'

const STEPS: Record<Goal['status'], readonly Step[]> = {
  proposed: ['active'],
  accepted: ['active'],
  active: ['completed', 'on-hold'],
  'on-hold': ['active', 'completed'],
  completed: ['active'],
  cancelled: ['active'],
}

/** What the person can say next about a goal, the likeliest first. A goal that was begun before goes on "again". */
export function stepsFrom(status: Goal['status']): { to: Step; again: boolean }[] {
  const wasBegun = status === 'on-hold' || status === 'completed'
  return STEPS[status].map((to) => ({ to, again: to === 'active' && wasBegun }))
}
