import { language } from './language.ts'
import { firstDaysDa } from './firstDays.da.ts'
import { firstDaysEn } from './firstDays.en.ts'

export type FirstDaysText = typeof firstDaysDa

/** The words about the days until the first talk in the language on the screen. */
export function firstDaysText(): FirstDaysText {
  return language.value === 'en' ? firstDaysEn : firstDaysDa
}
