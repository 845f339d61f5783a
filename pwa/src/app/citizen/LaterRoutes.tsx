import type { ComponentChild } from 'preact'
import { ReminderPage } from '../../features/appointments/ReminderPage.tsx'
import { HomePage } from '../../features/home/HomePage.tsx'
import { LeavingPage } from '../../features/leaving/LeavingPage.tsx'
import { RightsPage } from '../../features/rights/RightsPage.tsx'
import { MorePage } from '../../features/settings/MorePage.tsx'
import { isUnproved, standing } from '../../offline/phone.ts'
import { text } from '../../text/text.ts'
import { Page } from '../../ui/Page.tsx'
import { AnotherTimePlace } from './AnotherTimePlace.tsx'
import { CalendarPlace } from './CalendarPlace.tsx'
import { CheckInPlace, prepareCheckIns } from './CheckInPlace.tsx'
import { ContactPlace, prepareContacts } from './ContactPlace.tsx'
import { CoursePlace, prepareCourses } from './CoursePlace.tsx'
import { ExercisePlace, prepareExercises } from './ExercisePlace.tsx'
import { QuestionnairePlace, prepareQuestionnaires } from './QuestionnairePlace.tsx'
import { MessagePlace, prepareMessages } from './MessagePlace.tsx'

function NotFound() {
  const words = text.value.notFound
  return (
    <Page heading={words.heading}>
      <p>{words.text}</p>
      <p>
        <a class="way-on" href="/">{words.link}</a>
      </p>
    </Page>
  )
}

interface Room {
  /** Its pages stand below this address. */
  at: string
  prepare: () => Promise<boolean>
  Place: (props: { here: string; missing: () => ComponentChild }) => ComponentChild
}

/** Each larger room is a file of its own, with a line here. */
const ROOMS: readonly Room[] = [
  { at: '/lige-nu', prepare: prepareCheckIns, Place: CheckInPlace },
  { at: '/oevelser', prepare: prepareExercises, Place: ExercisePlace },
  { at: '/skemaer', prepare: prepareQuestionnaires, Place: QuestionnairePlace },
  { at: '/forloeb', prepare: prepareCourses, Place: CoursePlace },
]

/** Fetches their files before anybody asks for them: they need no network afterwards. */
export function prepareRooms(): void {
  for (const room of ROOMS) void room.prepare()
  void prepareContacts()
  void prepareMessages()
}

const ID = '[0-9a-fA-F-]{8,36}'
const OF_APPOINTMENT = new RegExp(`^/aftaler/(${ID})/(anden-tid|kalender)$`)
const REMINDER = new RegExp(`^/r/(${ID})$`)

/** Pages that only a paired phone has. */
function personalPage(here: string): ComponentChild {
  const [, appointment, part] = OF_APPOINTMENT.exec(here) ?? []
  const [, reminder] = REMINDER.exec(here) ?? []
  if (appointment && part === 'anden-tid') return <AnotherTimePlace key={appointment} id={appointment} />
  if (appointment || here === '/kalender') return <CalendarPlace key={here} appointmentId={appointment ?? null} />
  if (reminder) return <ReminderPage key={reminder} occurrenceId={reminder} />
  if (here === '/beskeder' || here === '/beskeder/ny') return <MessagePlace key={here} here={here} />
  if (here === '/mine-data') return <RightsPage key={here} />
  if (here === '/min-kode' || here === '/henvendelser') return <ContactPlace key={here} here={here} />
  return null
}

/** The pages that come after the first, by address. Where nobody has shown whose the phone's words are, no room opens. */
export function LaterRoutes({ here }: { here: string }) {
  if (here === '/hurtigt-vaek') return <LeavingPage key={here} />
  if (here === '/mere') return <MorePage key={here} />
  if (here === '/henvendelse') return <ContactPlace key={here} here={here} />
  const personal = personalPage(here)
  // An unpaired phone shows its start there, and claims nothing.
  if (personal) return <>{standing.value === 'unpaired' ? <HomePage key={standing.value} /> : personal}</>
  const room = ROOMS.find(({ at }) => here === at || here.startsWith(`${at}/`))
  if (room && isUnproved.value) return <HomePage key={standing.value} />
  return <>{room ? <room.Place here={here} missing={() => <NotFound />} /> : <NotFound />}</>
}
