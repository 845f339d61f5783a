import type { StaffText } from '../../text/staff'
import type { Trouble } from '../../ui/form'

/** Somebody else changed the appointment first: say where to look. */
export function explainChange(trouble: Trouble, text: StaffText): Trouble {
  return trouble.stale ? { ...trouble, message: text.appointments.changed } : trouble
}
