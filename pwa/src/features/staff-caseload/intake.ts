import type { Channel, NewCitizen } from '../../api/staffTypes'
import type { StaffText } from '../../text/staff'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'
import { newIdentifier } from '../../ui/identifier'
import { looksLikeCpr } from './cpr'

export interface Intake extends Record<string, string | boolean> {
  id: string
  alias: string
  date: string
  time: string
  first_contact_channel: string
  name: string
  cpr: string
  phone: string
  language: string
  address_protected: boolean
  home_municipality: string
}

/** A person stands at the door now. */
export function startIntake(now: Date): Intake {
  return {
    id: newIdentifier(),
    alias: '',
    ...copenhagenWall(now),
    first_contact_channel: 'at-the-door',
    name: '',
    cpr: '',
    phone: '',
    language: 'da',
    address_protected: false,
    home_municipality: '',
  }
}

/** What is missing or cannot be right. */
export function checkIntake(intake: Intake, text: StaffText): Record<string, string> {
  const found: Record<string, string> = {}
  if (!intake.alias.trim()) found['alias'] = text.problem.required
  if (!copenhagenInstant(intake.date, intake.time)) found['first_contact_at'] = text.problem.field
  if (intake.cpr.trim() && !looksLikeCpr(intake.cpr.trim())) found['cpr'] = text.intake.cprWrong
  return found
}

const LATER = ['name', 'cpr', 'phone', 'home_municipality'] as const

/** Only what is known goes over the wire. */
export function toNewCitizen(intake: Intake): NewCitizen {
  const known = LATER.map((name) => [name, intake[name].trim()] as const).filter(([, value]) => value !== '')
  return {
    id: intake.id,
    alias: intake.alias.trim(),
    first_contact_at: copenhagenInstant(intake.date, intake.time) ?? '',
    first_contact_channel: intake.first_contact_channel as Channel,
    ...Object.fromEntries(known),
    language: intake.language === 'en' ? 'en' : 'da',
    address_protected: intake.address_protected,
  }
}

/** Whether something that waits folded away needs to be seen. */
export function hasFoldedTrouble(fields: Record<string, string>): boolean {
  return [...LATER, 'language', 'address_protected'].some((name) => name in fields)
}
