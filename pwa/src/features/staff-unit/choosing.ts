import type { Colleague } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

/** Everybody at work, by name, after an empty first line. */
export function colleagueOptions(colleagues: readonly Colleague[], text: StaffText): (readonly [string, string])[] {
  const byName = new Intl.Collator('da').compare
  const active = colleagues.filter((one) => one.active).sort((one, other) => byName(one.name, other.name))
  return [['', text.care.choose], ...active.map((one) => [one.id, one.name] as const)]
}

/** Names the fields that are empty. */
export function missingIn(values: Record<string, string>, text: StaffText): Record<string, string> {
  const empty = Object.keys(values).filter((name) => !values[name]?.trim())
  return Object.fromEntries(empty.map((name) => [name, text.problem.required]))
}
