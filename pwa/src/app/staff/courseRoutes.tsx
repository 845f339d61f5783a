import { AgreementsPage } from '../../features/staff-courses/AgreementsPage'
import { AttendancePage } from '../../features/staff-courses/AttendancePage'
import { CancelSession } from '../../features/staff-courses/CancelSession'
import { ChangeRun } from '../../features/staff-courses/ChangeRun'
import { EnrolPage } from '../../features/staff-courses/EnrolPage'
import { HandOver } from '../../features/staff-courses/HandOver'
import { MoveSession } from '../../features/staff-courses/MoveSession'
import { PlanRun } from '../../features/staff-courses/PlanRun'
import { ReportPage, ReportsPage } from '../../features/staff-courses/ReportPage'
import { RunPage } from '../../features/staff-courses/RunPage'
import { RunsPage } from '../../features/staff-courses/RunsPage'
import { SettingsPage } from '../../features/staff-courses/SettingsPage'
import type { Route, Visit } from './routes'

const RUN = '/staff/courses/runs/:run'
const SESSION = `${RUN}/sessions/:session`

const id = (visit: Visit, name: string): string => visit.at[name] ?? ''

function sessionAt(visit: Visit): { runId: string; sessionId: string } {
  return { runId: id(visit, 'run'), sessionId: id(visit, 'session') }
}

/** The pages about groups, by address. */
export const COURSES: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/courses', show: (visit) => <RunsPage me={visit.me} /> },
  { pattern: '/staff/courses/new', show: (visit) => <PlanRun me={visit.me} /> },
  { pattern: '/staff/courses/agreements', show: () => <AgreementsPage /> },
  { pattern: '/staff/courses/reports', show: (visit) => <ReportsPage me={visit.me} /> },
  { pattern: '/staff/courses/reports/:code', show: (visit) => <ReportPage code={id(visit, 'code')} /> },
  { pattern: '/staff/courses/settings', managerOnly: true, show: () => <SettingsPage /> },
  { pattern: RUN, show: (visit) => <RunPage key={id(visit, 'run')} runId={id(visit, 'run')} me={visit.me} /> },
  { pattern: `${RUN}/enrol`, show: (visit) => <EnrolPage runId={id(visit, 'run')} /> },
  { pattern: `${RUN}/change`, show: (visit) => <ChangeRun runId={id(visit, 'run')} /> },
  { pattern: `${RUN}/hand-over`, managerOnly: true, show: (visit) => <HandOver key={id(visit, 'run')} runId={id(visit, 'run')} me={visit.me} /> },
  { pattern: SESSION, show: (visit) => <AttendancePage {...sessionAt(visit)} /> },
  { pattern: `${SESSION}/move`, show: (visit) => <MoveSession {...sessionAt(visit)} /> },
  { pattern: `${SESSION}/cancel`, show: (visit) => <CancelSession {...sessionAt(visit)} /> },
]
