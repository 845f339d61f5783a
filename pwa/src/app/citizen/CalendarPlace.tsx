import { text } from '../../text/text.ts'
import { Lazy, LazyPlace } from './Lazy.tsx'

const calendar = new Lazy(() => import('../../features/calendar/CalendarRoutes.tsx'))

/** The pages about calendars outside the app. */
export function CalendarPlace({ appointmentId }: { appointmentId: string | null }) {
  return (
    <LazyPlace of={calendar} heading={text.value.settings.calendar}>
      {({ CalendarRoutes }) => <CalendarRoutes appointmentId={appointmentId} />}
    </LazyPlace>
  )
}
