import type { PlanRead } from '../../api/plan.ts'

const MINUTE_MS = 60_000

/** Looks of the same kind less than a minute before one that is shown are one: a page that was opened and looked at again. */
export function looksOf(reads: readonly PlanRead[]): PlanRead[] {
  const shown = new Map<string, number>()
  return reads.filter((read) => {
    const kind = [read.purpose, read.unit_name, read.oral_yes === true].join(' ')
    const at = Date.parse(read.at)
    if (Math.abs((shown.get(kind) ?? Infinity) - at) < MINUTE_MS) return false
    shown.set(kind, at)
    return true
  })
}
