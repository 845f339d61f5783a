/** How the console speaks about goals. */
import type { GoalEvent, WholeGoal } from '../../api/staffGoals'
import { language } from '../../text/language'
import type { StaffGoalsText } from '../../text/staffGoals'
import { sayNearDate } from '../../ui/days'

export const KINDS = ['', 'stop', 'cut-down', 'keep-stable', 'other'] as const
export const THEMES = ['', 'meeting', 'mastery', 'network', 'occupation'] as const
export const LEVELS = ['-2', '-1', '0', '1', '2'] as const
export const WEIGHTS = ['', '0', '1', '2', '3'] as const
export const QUESTIONS = ['activity', 'support', 'amount', 'by_when'] as const

export function sayGoalDate(date: string): string {
  return sayNearDate(date, language.value, new Date())
}

/** Where the goal stands between the two sides, and then by itself. */
export function sayStanding(goal: WholeGoal, words: StaffGoalsText): string {
  const isSuggestion = goal.origin === 'staff' && !goal.agreed
  if (isSuggestion) return goal.status === 'cancelled' ? words.declined : words.waits
  return goal.agreed ? `${words.statuses[goal.status]}, ${words.agreed.toLocaleLowerCase(language.value)}` : words.statuses[goal.status]
}

/** Whose it is, where it stands and what it is about, in one line. */
export function sayBriefly(goal: WholeGoal, words: StaffGoalsText): string {
  const parts = [
    words.origins[goal.origin],
    sayStanding(goal, words),
    goal.kind && words.kinds[goal.kind],
    goal.theme && words.themes[goal.theme],
  ]
  return parts.filter(Boolean).join(' · ')
}

export function sayLevel(level: number, words: StaffGoalsText): string {
  return (words.scaling.levels as Record<string, string>)[String(level)] ?? String(level)
}

/** What an entry says beside its kind. */
export function sayAbout(event: GoalEvent, words: StaffGoalsText, stepText: (id: string) => string | undefined): string | null {
  const { kind, question, level, value, step_id: stepId } = event
  if (question) return words.questions.ask[question === 'by-when' ? 'by_when' : question]
  if (level !== null) return sayLevel(level, words)
  if (stepId) return stepText(stepId) ?? null
  if (!value) return null
  if (kind === 'review') return sayGoalDate(value)
  const names: Record<string, string> = kind === 'status' ? words.statuses : words.achievements
  return names[value] ?? null
}
