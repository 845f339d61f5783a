import type { CaseloadRow } from '../../api/staffTypes'
import { language } from '../../text/language'
import { type StaffText, staffText } from '../../text/staff'
import { sayWhenBriefly } from '../../ui/days'
import { daysWords, reachWords } from './rows'

interface EntryProps {
  row: CaseloadRow
  chosen: boolean
  isManager: boolean
}

function whoseWords(row: CaseloadRow, isManager: boolean, text: StaffText): string {
  if (row.my_role) return text.caseload.mine[row.my_role]
  if (isManager && row.contact_person) return `${text.relation['contact-person']}: ${row.contact_person.name}`
  return text.caseload.unassigned
}

function nextWords(row: CaseloadRow, text: StaffText): string {
  const next = row.next_appointment
  if (!next) return text.caseload.noAppointment
  const when = sayWhenBriefly(next.starts_at, language.value, new Date())
  return next.kind ? `${text.appointments.kinds[next.kind]} ${when}` : when
}

/** One person in the list: the alias, what comes next, and how things stand, in words. */
export function CaseloadEntry({ row, chosen, isManager }: EntryProps) {
  const text = staffText()
  return (
    <li class={chosen ? 'row row-chosen' : 'row'}>
      <a class="row-link" href={`/staff/people/${row.id}`} aria-current={chosen ? 'page' : undefined}>
        {row.alias}
      </a>
      <span class="row-main">{nextWords(row, text)}</span>
      <span class="row-quiet">
        <span>{whoseWords(row, isManager, text)}</span>
        {row.address_protected && <span>{text.caseload.protected}</span>}
      </span>
      <span class="row-quiet">
        <span>{reachWords(row, text)}</span>
        <span>{daysWords(row, text)}</span>
      </span>
    </li>
  )
}
