import type { Appointment } from '../../api/citizen.ts'
import type { Text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { isUpcoming } from './order.ts'

/** "i morgen kl. 10.00, torsdag" */
export function whenOf(appointment: Appointment, today: string, words: Text): string {
  return describeWhen(appointment.starts_local, today, words.when)
}

export function kindOf(appointment: Appointment, words: Text): string {
  return words.appointment.kind[appointment.kind] ?? words.appointment.heading
}

/** "Samtale med Anna, på telefon" in one line. */
export function detailOf(appointment: Appointment, words: Text): string {
  const place = appointment.mode === 'in-person' ? appointment.place : words.appointment.mode[appointment.mode]
  const who = appointment.staff_name && words.appointment.with(appointment.staff_name)
  return [kindOf(appointment, words), who, place].filter(Boolean).join(' · ')
}

/** What else there is to say about it; nothing for one that simply takes place. */
export function stateOf(appointment: Appointment, now: number, words: Text): string | null {
  const state = words.appointment.state
  if (appointment.status === 'cancelled') return appointment.cancellation === 'moved' ? state.moved : state.cancelled
  return isUpcoming(appointment, now) ? null : state.past
}
