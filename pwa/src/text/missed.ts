import { language } from './language.ts'
import { missedDa } from './missed.da.ts'
import { missedEn } from './missed.en.ts'

export type MissedText = typeof missedDa

/** The words about calls in the language on the screen. */
export function missedText(): MissedText {
  return language.value === 'en' ? missedEn : missedDa
}
