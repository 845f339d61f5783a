import type { CaseloadRow } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

export const GUARANTEE_DAYS = 14

/** Whether the person's phone can be reached, in words. */
export function reachWords(row: Pick<CaseloadRow, 'paired' | 'reachable'>, text: StaffText): string {
  if (!row.paired) return text.caseload.reach.noPhone
  return row.reachable ? text.caseload.reach.reached : text.caseload.reach.notReached
}

/** How long since the first contact; within the guarantee it says which of the 14 days this is. */
export function daysWords(row: Pick<CaseloadRow, 'days_since_first_contact'>, text: StaffText): string | null {
  const days = row.days_since_first_contact
  if (days === null) return null
  return text.caseload.days(days)
}
