/** Which rows lie behind the lock when there is one. Everything does, unless it is named here. */
import type { Change, Table } from './vault.ts'

/** The service worker shows reminders and tells that they came, also while the app is locked. */
export const ALWAYS_OPEN: readonly Table[] = ['acknowledgement', 'shown']
const OWNER = ['paired', 'was_paired', 'unproved']
const PLAN = ['plan_line', 'plan']

/** Whose phone it is, as an id that says nothing, or that it is not proved: a code for somebody else must never meet what is left in the open. */
function isOwner({ table, key }: Change): boolean {
  return table === 'state' && OWNER.includes(key)
}

/** What was told of the plan, and what was written in it and has not been sent. */
function isPlan({ table, key, value }: Change): boolean {
  if (table === 'record') return PLAN.includes(key.slice(0, key.indexOf(':')))
  return table === 'mutation' && PLAN.includes((value as { entity?: string } | undefined)?.entity ?? '')
}

/** Whether a row is sealed under the key that only the person's code opens. */
export function isPrivate(row: Change, planOpen: boolean): boolean {
  return !ALWAYS_OPEN.includes(row.table) && !isOwner(row) && !(planOpen && isPlan(row))
}
