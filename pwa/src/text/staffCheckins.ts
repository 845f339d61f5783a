import { language } from './language'
import { staffCheckinsDa } from './staffCheckins.da'
import { staffCheckinsEn } from './staffCheckins.en'

export type StaffCheckinsText = typeof staffCheckinsDa

/** The words about check-ins in the language on the screen. */
export function staffCheckinsText(): StaffCheckinsText {
  return language.value === 'en' ? staffCheckinsEn : staffCheckinsDa
}
