import { language } from './language.ts'
import { staffConsoleDa } from './staffConsole.da.ts'
import { staffConsoleEn } from './staffConsole.en.ts'

export type StaffConsoleText = typeof staffConsoleDa

/** The words about today, the line of time, the 14 days and the gauge in the language on the screen. */
export function staffConsoleText(): StaffConsoleText {
  return language.value === 'en' ? staffConsoleEn : staffConsoleDa
}
