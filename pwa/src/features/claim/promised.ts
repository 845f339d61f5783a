/** The calls of a contact that have not been made yet, soonest first. */
import type { CrisisContact, PromisedCall } from '../../api/crisisLine.ts'

export function stillToCome({ follow_ups = [] }: Pick<CrisisContact, 'follow_ups'>): PromisedCall[] {
  return follow_ups.filter((each) => each.result === null).sort((one, other) => one.due_on.localeCompare(other.due_on))
}
