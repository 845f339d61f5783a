import { getGoal, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import type { Values } from '../../ui/form'
import { type SharedForm, type SharedFormOptions, useSharedForm } from '../../ui/sharedForm'

interface GoalFormOptions<V extends Values> extends Pick<SharedFormOptions<V>, 'key' | 'check' | 'send'> {
  goal: WholeGoal
  valuesOf: (goal: WholeGoal) => V
}

/** A form about a goal: what the person or a colleague changed meanwhile in another field stays. */
export function useGoalForm<V extends Values>({ goal, valuesOf, ...options }: GoalFormOptions<V>): SharedForm<V> {
  const standingOf = (found: WholeGoal) => ({ version: found.version, values: valuesOf(found) })
  return useSharedForm<V>({
    ...options,
    standing: standingOf(goal),
    explain: (error) => explain(error, staffText()),
    newest: async () => standingOf((await getGoal(goal.id)).goal),
    changed: () => staffGoalsText().changed,
  })
}
