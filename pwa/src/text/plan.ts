import { computed } from '@preact/signals'
import { language } from './language.ts'
import { planDa } from './plan.da.ts'
import { planEn } from './plan.en.ts'

export type PlanText = typeof planDa

/** The words of the plan: apart from the others, so that the first page stays small. */
export const planText = computed<PlanText>(() => (language.value === 'en' ? planEn : planDa))
