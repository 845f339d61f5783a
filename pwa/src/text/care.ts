import { computed } from '@preact/signals'
import { careDa } from './care.da.ts'
import { careEn } from './care.en.ts'
import { language } from './language.ts'

/** The words about what was agreed, in the language on the screen. */
export const careText = computed(() => (language.value === 'en' ? careEn : careDa))
