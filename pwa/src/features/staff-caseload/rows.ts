import type { CaseloadRow } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

/** Whether the person's phone can be reached, in words. */
export function reachWords(row: Pick<CaseloadRow, 'paired' | 'reachable'>, text: StaffText): string {
  if (!row.paired) return text.caseload.reach.noPhone
  return row.reachable ? text.caseload.reach.reached : text.caseload.reach.notReached
}

type Waiting = Pick<CaseloadRow, 'days_since_first_contact' | 'first_contact'>

/** How long since the first contact; while the days of the guarantee run, which day this is. */
export function daysWords(row: Waiting, text: StaffText): string {
  const { has_clock: hasClock, stopped_on: stopped, waived, day, days_limit: limit } = row.first_contact
  const runs = hasClock && stopped === null && waived === null
  return runs && day <= limit ? text.caseload.guarantee(day) : text.caseload.days(row.days_since_first_contact)
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
