import { computed } from '@preact/signals'
import { language } from './language.ts'
import { lockDa } from './lock.da.ts'
import { lockEn } from './lock.en.ts'

export type LockText = typeof lockDa

/** The words of the lock: apart from the others, so that the first page stays small. */
export const lockText = computed<LockText>(() => (language.value === 'en' ? lockEn : lockDa))
