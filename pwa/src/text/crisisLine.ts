import { computed } from '@preact/signals'
import { crisisLineDa } from './crisisLine.da.ts'
import { crisisLineEn } from './crisisLine.en.ts'
import { language } from './language.ts'

export type CrisisLineText = typeof crisisLineDa

/** The words about the crisis line: apart from the others, so that the first page stays small. */
export const crisisLineText = computed<CrisisLineText>(() => (language.value === 'en' ? crisisLineEn : crisisLineDa))
