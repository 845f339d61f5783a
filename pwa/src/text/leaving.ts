import { language } from './language.ts'
import { leavingDa } from './leaving.da.ts'
import { leavingEn } from './leaving.en.ts'

export type LeavingText = typeof leavingDa

/** The words on the page about leaving fast: apart from the others, so that the first page stays small. */
export function leavingText(): LeavingText {
  return language.value === 'en' ? leavingEn : leavingDa
}
