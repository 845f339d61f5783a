import type { StaffText } from '../../text/staff'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'

/** What the server may have meant when it refused a start, in words for the person who typed it. */
export function startRefusal(date: string, time: string, now: Date, text: StaffText): string {
  const instant = copenhagenInstant(date, time)
  if (!instant) return text.appointments.chooseTime
  const shown = copenhagenWall(instant)
  if (shown.date !== date || shown.time !== time) return text.appointments.skipped
  return new Date(instant) <= now ? text.appointments.inThePast : text.appointments.tooFar
}
