import { language } from './language.ts'
import { staffMessagesDa } from './staffMessages.da.ts'
import { staffMessagesEn } from './staffMessages.en.ts'

export type StaffMessagesText = typeof staffMessagesDa

/** The words about messages in the language on the screen. */
export function staffMessagesText(): StaffMessagesText {
  return language.value === 'en' ? staffMessagesEn : staffMessagesDa
}
