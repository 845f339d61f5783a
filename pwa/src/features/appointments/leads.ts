import { findReminder } from '../../api/citizen.ts'
import { records, refresh, standing } from '../../offline/phone.ts'

interface Noticed {
  id: string
  occurrence_ids?: string[]
}

/** Where what is behind a notice stands, by its kind; a kind that this app does not know leads home. */
const PLACES: Record<string, (id: string) => string> = {
  'appointment': (id) => `/aftaler/${id}`,
  'session': (id) => `/forloeb/gang/${id}`,
  'session-changed': (id) => `/forloeb/gang/${id}`,
  'message': () => '/beskeder',
  'exercise': () => '/oevelser',
  'questionnaire': () => '/skemaer',
}

/** Found on the phone, without a network. */
function localAddress(occurrenceId: string): string | null {
  const { appointments, messages, later } = records.value
  const find = (all: readonly unknown[] = []) => (all as Noticed[]).find((each) => each.occurrence_ids?.includes(occurrenceId))
  const appointment = find(appointments)
  if (appointment) return `/aftaler/${appointment.id}`
  const session = find(later['course_session'])
  if (session) return `/forloeb/gang/${session.id}`
  return find(messages) ? '/beskeder' : null
}

/** The page that a notice leads to: found on the phone first; null if nobody knows of it. */
export async function addressOf(occurrenceId: string): Promise<string | null> {
  const known = localAddress(occurrenceId)
  if (known) return known
  await refresh()
  const fetched = localAddress(occurrenceId)
  if (fetched || standing.value !== 'paired') return fetched
  const { kind, subject_id: id } = await findReminder(occurrenceId)
  if (kind === 'appointment' && !records.value.appointments.some((each) => each.id === id)) return null
  return PLACES[kind]?.(id) ?? '/'
}
