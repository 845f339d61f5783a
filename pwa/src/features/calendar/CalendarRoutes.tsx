import { FeedPage } from './FeedPage.tsx'
import { TakePage } from './TakePage.tsx'
import './calendar.scss'

/** The pages about calendars outside the app: of one appointment, or of them all. */
export function CalendarRoutes({ appointmentId }: { appointmentId: string | null }) {
  return appointmentId ? <TakePage id={appointmentId} /> : <FeedPage />
}
