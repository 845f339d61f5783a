import { ChangeGiven } from '../../features/staff-exercises/ChangeGiven'
import { EditOwn, NewOwn } from '../../features/staff-exercises/EditOwn'
import { GiveExercise } from '../../features/staff-exercises/GiveExercise'
import { OwnList } from '../../features/staff-exercises/OwnList'
import { OwnPage } from '../../features/staff-exercises/OwnPage'
import { PersonExercises } from '../../features/staff-exercises/PersonExercises'
import type { Route, Visit } from './routes'

const GIVEN = '/staff/people/:citizen/exercises'
const OWN = '/staff/exercises'

const id = (visit: Visit, name: string): string => visit.at[name] ?? ''

/** What one person was given, by address. */
export const PERSON_EXERCISES: readonly Omit<Route, 'place'>[] = [
  { pattern: GIVEN, show: (visit) => <PersonExercises key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${GIVEN}/new`, show: (visit) => <GiveExercise citizenId={id(visit, 'citizen')} /> },
  {
    pattern: `${GIVEN}/:given`,
    show: (visit) => <ChangeGiven key={id(visit, 'given')} citizenId={id(visit, 'citizen')} givenId={id(visit, 'given')} />,
  },
]

/** The exercises that colleagues write, by address. */
export const OWN_EXERCISES: readonly Omit<Route, 'place'>[] = [
  { pattern: OWN, counsellorOnly: true, show: () => <OwnList /> },
  { pattern: `${OWN}/new`, counsellorOnly: true, show: () => <NewOwn /> },
  { pattern: `${OWN}/:exercise`, counsellorOnly: true, show: (visit) => <OwnPage key={id(visit, 'exercise')} exerciseId={id(visit, 'exercise')} /> },
  { pattern: `${OWN}/:exercise/edit`, counsellorOnly: true, show: (visit) => <EditOwn exerciseId={id(visit, 'exercise')} /> },
]
