import { computed } from '@preact/signals'
import { language } from './language.ts'
import { rightsDa } from './rights.da.ts'
import { rightsEn } from './rights.en.ts'

export type RightsText = typeof rightsDa

/** The words about one's own data: apart from the others, so that the first page stays small. */
export const rightsText = computed<RightsText>(() => (language.value === 'en' ? rightsEn : rightsDa))
