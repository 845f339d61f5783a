import type { Role } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'

export const ROLES: readonly Role[] = ['counsellor', 'course-leader', 'crisis-line', 'manager', 'analyst']

/** A colleague's roles in one line. */
export function roleWords(roles: readonly Role[], text: StaffText): string {
  return roles.map((role) => text.roles[role]).join(', ')
}
