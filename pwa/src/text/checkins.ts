import { computed } from '@preact/signals'
import { checkinsDa } from './checkins.da.ts'
import { checkinsEn } from './checkins.en.ts'
import { language } from './language.ts'

export type CheckinsText = typeof checkinsDa

/** The words about how it goes: apart from the others, so that the first page stays small. */
export const checkinsText = computed<CheckinsText>(() => (language.value === 'en' ? checkinsEn : checkinsDa))
