import { language } from './language'
import { staffCareDa } from './staffCare.da'
import { staffCareEn } from './staffCare.en'

/** The words about the plan of the effort in the language on the screen. */
export function staffCareText(): typeof staffCareDa {
  return language.value === 'en' ? staffCareEn : staffCareDa
}
