/** The plan as steps, one at a time: every section that says something, in its order. */
import type { PlanLine, Section } from '../../offline/plan-store.ts'
import { SECTIONS } from '../../offline/plan-store.ts'

export interface Step {
  section: Section
  lines: readonly PlanLine[]
}

export function stepsOf(lines: readonly PlanLine[]): Step[] {
  const all = SECTIONS.map((section) => ({ section, lines: lines.filter((line) => line.section === section) }))
  return all.filter((step) => step.lines.length > 0)
}

/** What a person can do about a sign, in the order of the plan. */
export function actionsOf(sign: PlanLine, lines: readonly PlanLine[]): PlanLine[] {
  return lines.filter((line) => sign.links.includes(line.id))
}
