import type { PlanRead } from '../../api/plan.ts'

const MINUTE = 'YYYY-MM-DDTHH:MM'.length

/** Looks of the same kind within the same minute are one: a page that was opened and looked at again. */
export function looksOf(reads: readonly PlanRead[]): PlanRead[] {
  const seen = new Set<string>()
  return reads.filter((read) => {
    const key = [new Date(read.at).toISOString().slice(0, MINUTE), read.purpose, read.unit_name, read.oral_yes === true].join(' ')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
