import { computed } from '@preact/signals'
import { language } from './language.ts'
import { trialDa } from './trial.da.ts'
import { trialEn } from './trial.en.ts'

export type TrialText = typeof trialDa

/** The words about a trial notice in the language on the screen. */
export const trialText = computed<TrialText>(() => (language.value === 'en' ? trialEn : trialDa))
