import { language } from './language'
import { staffGoalsDa } from './staffGoals.da'
import { staffGoalsEn } from './staffGoals.en'

export type StaffGoalsText = typeof staffGoalsDa

/** The words about goals in the language on the screen. */
export function staffGoalsText(): StaffGoalsText {
  return language.value === 'en' ? staffGoalsEn : staffGoalsDa
}
