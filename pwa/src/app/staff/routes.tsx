import type { ComponentChild } from 'preact'
import type { Me } from '../../api/staffTypes'
import { AppointmentCard } from '../../features/staff-appointments/AppointmentCard'
import { Appointments } from '../../features/staff-appointments/Appointments'
import { Book } from '../../features/staff-appointments/Book'
import { CancelAppointment } from '../../features/staff-appointments/CancelAppointment'
import { EndSeries } from '../../features/staff-appointments/EndSeries'
import { MoveAppointment } from '../../features/staff-appointments/MoveAppointment'
import { CalendarPage } from '../../features/staff-calendar-feed/CalendarPage'
import { NewPerson } from '../../features/staff-caseload/NewPerson'
import { Goals } from '../../features/staff-goals/Goals'
import { NewGoal } from '../../features/staff-goals/NewGoal'
import { HealthPage } from '../../features/staff-health/HealthPage'
import { MissedPage } from '../../features/staff-missed/MissedPage'
import { EditPerson } from '../../features/staff-person/EditPerson'
import { EditChannel } from '../../features/staff-person/EditChannel'
import { LostPhone } from '../../features/staff-person/LostPhone'
import { MarkDeceased, PauseReminders } from '../../features/staff-person/Quiet'
import { Person } from '../../features/staff-person/Person'
import { PlanLink } from '../../features/staff-plan/PlanLink'
import { PlanPage } from '../../features/staff-plan/PlanPage'
import { RatesPage } from '../../features/staff-rates/RatesPage'
import { CloseAccess } from '../../features/staff-unit/CloseAccess'
import { Colleagues } from '../../features/staff-unit/Colleagues'
import { EndRelation } from '../../features/staff-unit/EndRelation'
import { EndStandIn } from '../../features/staff-unit/EndStandIn'
import { GiveRelation } from '../../features/staff-unit/GiveRelation'
import { Invite } from '../../features/staff-unit/Invite'
import { NewStandIn } from '../../features/staff-unit/NewStandIn'
import { StandIns } from '../../features/staff-unit/StandIns'
import { DayPage } from '../../features/staff-week/DayPage'
import { UnsaidPage } from '../../features/staff-week/UnsaidPage'
import { WeekPage } from '../../features/staff-week/WeekPage'
import { matchPath } from '../../ui/routing'

export type Place = 'people' | 'calendar' | 'calls' | 'unsaid' | 'figures' | 'sending' | 'colleagues' | 'stand-ins'

export interface Page {
  place: Place
  /** The person whom the page is about. */
  citizenId: string | null
  /** Nothing means: the list alone. */
  content: ComponentChild
}

interface Visit {
  me: Me
  isManager: boolean
  /** What the pattern captured from the address. */
  at: Record<string, string>
}

interface Route {
  pattern: string
  place: Place
  managerOnly?: boolean
  /** Not for roles that have no cases: the crisis line, for one. */
  caseStaffOnly?: boolean
  show: (visit: Visit) => ComponentChild
}

const id = (visit: Visit, name: string): string => visit.at[name] ?? ''
const PERSON = '/staff/people/:citizen'
const APPOINTMENT = `${PERSON}/appointments/:appointment`

function showPerson(visit: Visit): ComponentChild {
  const citizenId = id(visit, 'citizen')
  return (
    <Person key={citizenId} citizenId={citizenId} ownId={visit.me.id} isManager={visit.isManager}>
      <Appointments citizenId={citizenId} />
      <Goals citizenId={citizenId} />
      <PlanLink citizenId={citizenId} />
    </Person>
  )
}

const PEOPLE: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff', show: () => null },
  { pattern: '/staff/new', show: () => <NewPerson /> },
  { pattern: PERSON, show: showPerson },
  { pattern: `${PERSON}/edit`, show: (visit) => <EditPerson citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/lost-phone`, show: (visit) => <LostPhone citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/channels/sms`, show: (visit) => <EditChannel citizenId={id(visit, 'citizen')} kind="sms" /> },
  { pattern: `${PERSON}/channels/email`, show: (visit) => <EditChannel citizenId={id(visit, 'citizen')} kind="email" /> },
  { pattern: `${PERSON}/pause`, show: (visit) => <PauseReminders citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/death`, show: (visit) => <MarkDeceased citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/appointments/new`, show: (visit) => <Book citizenId={id(visit, 'citizen')} /> },
  { pattern: `${APPOINTMENT}/move`, show: (visit) => <MoveAppointment appointmentId={id(visit, 'appointment')} /> },
  {
    pattern: `${APPOINTMENT}/move/:wish`,
    show: (visit) => <MoveAppointment appointmentId={id(visit, 'appointment')} wish={Number(id(visit, 'wish')) || 0} />,
  },
  { pattern: `${APPOINTMENT}/cancel`, show: (visit) => <CancelAppointment appointmentId={id(visit, 'appointment')} /> },
  { pattern: `${APPOINTMENT}/end-series`, show: (visit) => <EndSeries appointmentId={id(visit, 'appointment')} /> },
  {
    pattern: `${APPOINTMENT}/card`,
    show: (visit) => <AppointmentCard appointmentId={id(visit, 'appointment')} phone={visit.me.unit.phone} />,
  },
  { pattern: `${PERSON}/plan`, show: (visit) => <PlanPage key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/goals/new`, show: (visit) => <NewGoal citizenId={id(visit, 'citizen')} /> },
  {
    pattern: `${PERSON}/relations/new`,
    managerOnly: true,
    show: (visit) => <GiveRelation citizenId={id(visit, 'citizen')} />,
  },
  {
    pattern: `${PERSON}/relations/:relation/end`,
    managerOnly: true,
    show: (visit) => <EndRelation citizenId={id(visit, 'citizen')} relationId={id(visit, 'relation')} />,
  },
]

const CALENDAR: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/week', show: () => <WeekPage date={null} /> },
  { pattern: '/staff/week/:date', show: (visit) => <WeekPage date={id(visit, 'date')} /> },
  { pattern: '/staff/calendar', show: () => <CalendarPage /> },
  { pattern: '/staff/day', show: () => <DayPage date={null} /> },
  { pattern: '/staff/day/:date', show: (visit) => <DayPage date={id(visit, 'date')} /> },
]

const COLLEAGUES: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/colleagues', show: (visit) => <Colleagues ownId={visit.me.id} /> },
  { pattern: '/staff/colleagues/new', show: () => <Invite /> },
  {
    pattern: '/staff/colleagues/:colleague/close',
    show: (visit) => <CloseAccess colleagueId={id(visit, 'colleague')} />,
  },
]

const STAND_INS: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/stand-ins', show: () => <StandIns /> },
  { pattern: '/staff/stand-ins/new', show: () => <NewStandIn /> },
  { pattern: '/staff/stand-ins/:standIn/end', show: (visit) => <EndStandIn standInId={id(visit, 'standIn')} /> },
]

const FOLLOW_UP: readonly Route[] = [
  { pattern: '/staff/unsaid', place: 'unsaid', caseStaffOnly: true, show: () => <UnsaidPage /> },
  { pattern: '/staff/missed', place: 'calls', caseStaffOnly: true, show: () => <MissedPage /> },
  { pattern: '/staff/rates', place: 'figures', managerOnly: true, show: () => <RatesPage /> },
  { pattern: '/staff/sending', place: 'sending', managerOnly: true, show: () => <HealthPage /> },
]

const ROUTES: readonly Route[] = [
  ...PEOPLE.map((route) => ({ ...route, place: 'people' as const })),
  ...CALENDAR.map((route) => ({ ...route, place: 'calendar' as const })),
  ...FOLLOW_UP,
  ...COLLEAGUES.map((route) => ({ ...route, place: 'colleagues' as const, managerOnly: true })),
  ...STAND_INS.map((route) => ({ ...route, place: 'stand-ins' as const, managerOnly: true })),
]

/** The page at an address for this person; null when there is none. What may be done, the server decides. */
export function findPage(address: string, me: Me): Page | null {
  const isManager = me.roles.includes('manager')
  const hasCases = isManager || me.roles.includes('counsellor')
  for (const route of ROUTES) {
    const at = matchPath(route.pattern, address)
    if (!at || (route.managerOnly && !isManager) || (route.caseStaffOnly && !hasCases)) continue
    return { place: route.place, citizenId: at['citizen'] ?? null, content: route.show({ me, isManager, at }) }
  }
  return null
}
