import { language } from './language'
import { staffMeasuresDa } from './staffMeasures.da'
import { staffMeasuresEn } from './staffMeasures.en'

export type StaffMeasuresText = typeof staffMeasuresDa

/** The words about questionnaires in the language on the screen. */
export function staffMeasuresText(): StaffMeasuresText {
  return language.value === 'en' ? staffMeasuresEn : staffMeasuresDa
}
