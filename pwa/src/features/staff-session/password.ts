import type { StaffText } from '../../text/staff'

const SHORTEST = 8
const LONGEST = 128

/** What is wrong with a new password's length, counted in characters as people see them written once. */
export function passwordTrouble(password: string, text: StaffText): string | null {
  const length = [...password.normalize('NFC')].length
  if (length < SHORTEST) return text.invitation.passwordShort
  return length > LONGEST ? text.invitation.passwordLong : null
}
