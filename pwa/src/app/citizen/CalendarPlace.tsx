import { lazily } from '../../features/lazy.tsx'
import { text } from '../../text/text.ts'

const pages = lazily(() => import('../../features/calendar/CalendarRoutes.tsx'))

/** The pages about calendars outside the app. */
export function CalendarPlace({ appointmentId }: { appointmentId: string | null }) {
  return (
    <pages.Place heading={text.value.places.appointments}>
      {({ CalendarRoutes }) => <CalendarRoutes appointmentId={appointmentId} />}
    </pages.Place>
  )
}
