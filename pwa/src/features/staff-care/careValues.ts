/** The plan as a form holds it, and what becomes of it when a colleague was faster. */
import type { CarePlan, Children, WrittenCare } from '../../api/staffCare'
import type { Values } from '../../ui/form'

export const PARTS = ['background', 'needs', 'purpose', 'effort'] as const
export type Part = (typeof PARTS)[number]

export interface CareValues extends Values {
  background: string
  needs: string
  purpose: string
  effort: string
  methods: string[]
  children: string
  review_on: string
}

export function valuesOf(plan: WrittenCare): CareValues {
  const texts = Object.fromEntries(PARTS.map((part) => [part, plan[part] ?? ''])) as Record<Part, string>
  return { ...texts, methods: [...plan.methods], children: plan.children, review_on: plan.review_on ?? '' }
}

export function planOf(values: CareValues): WrittenCare {
  const texts = Object.fromEntries(PARTS.map((part) => [part, values[part].trim() || null])) as Record<Part, string | null>
  return { ...texts, methods: values.methods, children: values.children as Children, review_on: values.review_on || null }
}

/** Nothing that anybody wrote. */
export function isEmpty(plan: CarePlan): boolean {
  return plan.version === 0
}
