/** What was chosen about a goal and is kept with the button: moving through the answers writes nothing. */
import type { Achievement, Goal, GoalKind, GoalTheme } from '../../api/citizen.ts'

/** What somebody may word or choose anew; what was not touched is missing. */
export interface GoalEdit {
  title?: string
  kind?: GoalKind | null
  theme?: GoalTheme | null
}

/** What is new about the goal, and nothing else: what stands already is not written once more. */
export function changesTo(goal: Goal | null, edit: GoalEdit): GoalEdit {
  const isNew = ([name, value]: [string, unknown]) => value !== undefined && value !== (goal?.[name as keyof GoalEdit] ?? null)
  return Object.fromEntries(Object.entries(edit).filter(isNew))
}

/** How far it is: in one of three answers, and in the levels that were worded together (-2 to 2). */
export interface HowFar {
  achievement?: Achievement
  level?: number
}

/** What holds now: what was chosen, else what was kept before. */
export function howFar(goal: Goal, chosen: HowFar): { achievement: Achievement | null; level: number | null } {
  return { achievement: chosen.achievement ?? goal.achievement ?? null, level: chosen.level ?? goal.scaling?.reached ?? null }
}

/** What of it is to be written down. */
export function newHowFar(goal: Goal, { achievement, level }: HowFar): HowFar {
  return {
    ...(achievement !== undefined && achievement !== goal.achievement && { achievement }),
    ...(level !== undefined && level !== goal.scaling?.reached && { level }),
  }
}
