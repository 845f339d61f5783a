import type { StandIn } from '../../api/staffTypes'
import { language } from '../../text/language'
import type { StaffText } from '../../text/staff'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayDate } from '../../ui/days'
import { missingIn } from './choosing'

export interface Arrangement extends Record<string, string> {
  staff_id: string
  stand_in_id: string
  starts_on: string
  ends_on: string
  reason: string
}

/** What is missing, or ends before it begins. */
export function checkArrangement(values: Arrangement, now: Date, text: StaffText): Record<string, string> {
  const { starts_on, ...needed } = values
  const found = missingIn(needed, text)
  const begins = starts_on || copenhagenWall(now).date
  if (values.ends_on && values.ends_on < begins) found['ends_on'] = text.standIns.endsBefore
  return found
}

/** The first day goes along only when it was chosen. */
export function toStandIn({ starts_on, ...rest }: Arrangement) {
  return { ...rest, reason: rest.reason.trim(), ...(starts_on ? { starts_on } : {}) }
}

/** Says from when the stand-in can see the people. */
export function doneWords(made: StandIn, now: Date, text: StaffText): string {
  const later = made.starts_on !== null && made.starts_on > copenhagenWall(now).date
  if (!later || made.starts_on === null) return text.standIns.done(made.stand_in_name)
  return text.standIns.doneLater(made.stand_in_name, sayDate(made.starts_on, language.value, now))
}
