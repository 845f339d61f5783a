import { language } from './language.ts'
import { sendingDa } from './sending.da.ts'
import { sendingEn } from './sending.en.ts'

export type SendingText = typeof sendingDa

/** The words about the sending of reminders in the language on the screen. */
export function sendingText(): SendingText {
  return language.value === 'en' ? sendingEn : sendingDa
}
