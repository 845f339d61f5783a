import type { AppointmentKind } from '../../api/staffTypes'
import { language } from '../../text/language'
import { missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { sayWhen } from '../../ui/days'

interface Told {
  starts_at: string
  /** Not told to who does not work with the person. */
  kind: AppointmentKind | null
  staff_name: string
}

/** What an appointment is for, when it is and with whom, in one line. */
export function appointmentWords({ starts_at, kind, staff_name }: Told): string {
  const words = missedText()
  const what = kind ? staffText().appointments.kinds[kind] : words.anyTalk
  return words.talk(what, sayWhen(starts_at, language.value, new Date()), staff_name)
}
