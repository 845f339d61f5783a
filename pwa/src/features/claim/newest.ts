import type { CrisisContact } from '../../api/crisisLine.ts'

/** Contacts as a person remembers them: the last one first. */
export function newestFirst(contacts: readonly CrisisContact[]): CrisisContact[] {
  return [...contacts].sort((a, b) => Date.parse(b.opened_at) - Date.parse(a.opened_at) || b.id.localeCompare(a.id))
}
