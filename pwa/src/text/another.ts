import { computed } from '@preact/signals'
import { anotherDa } from './another.da.ts'
import { anotherEn } from './another.en.ts'
import { language } from './language.ts'

export type AnotherText = typeof anotherDa

/** The words for asking for another time: apart from the others, so that the first page stays small. */
export const anotherText = computed<AnotherText>(() => (language.value === 'en' ? anotherEn : anotherDa))
