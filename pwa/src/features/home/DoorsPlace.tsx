import { lazily } from '../lazy.tsx'

const parts = lazily(() => import('./Doors.tsx'))

/** What comes next besides appointments, and the ways to what can be done at home: a file of its own, so that the first page stays small. */
export function DoorsPlace() {
  return <parts.Place>{({ Doors }) => <Doors />}</parts.Place>
}
