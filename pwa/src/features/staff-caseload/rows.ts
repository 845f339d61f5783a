import type { CaseloadRow } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

const GUARANTEE_DAYS = 14

/** Whether the person's phone can be reached, in words. */
export function reachWords(row: Pick<CaseloadRow, 'paired' | 'reachable'>, text: StaffText): string {
  if (!row.paired) return text.caseload.reach.noPhone
  return row.reachable ? text.caseload.reach.reached : text.caseload.reach.notReached
}

type Waiting = Pick<CaseloadRow, 'days_since_first_contact' | 'next_appointment'>

/** A first talk that is still to come, or nothing agreed at all. */
function waitsForFirstTalk(row: Waiting): boolean {
  return row.next_appointment === null || row.next_appointment.kind === 'first-talk'
}

/** How long since the first contact; while the first talk waits, which of the 14 days this is. */
export function daysWords(row: Waiting, text: StaffText): string {
  const days = row.days_since_first_contact
  const counts = days <= GUARANTEE_DAYS && waitsForFirstTalk(row)
  return counts ? text.caseload.guarantee(days) : text.caseload.days(days)
}

/** By alias, as Danish sorts. */
export function byAlias<R extends Pick<CaseloadRow, 'alias'>>(rows: readonly R[]): R[] {
  const order = new Intl.Collator('da', { numeric: true }).compare
  return [...rows].sort((one, other) => order(one.alias, other.alias))
}

/** Rows whose alias holds what was typed, whatever the case and however the letters are composed. */
export function matching<R extends Pick<CaseloadRow, 'alias'>>(rows: readonly R[], typed: string): R[] {
  const plain = (words: string) => words.normalize('NFC').toLocaleLowerCase('da')
  return rows.filter((row) => plain(row.alias).includes(plain(typed.trim())))
}
