import type { Signal } from '@preact/signals'
import { AppointmentPage, ReminderPage } from '../../features/appointments/AppointmentPage.tsx'
import { AppointmentsPage } from '../../features/appointments/AppointmentsPage.tsx'
import { GoalPlace } from '../../features/goals/GoalPlace.tsx'
import { HomePage } from '../../features/home/HomePage.tsx'
import { InstallPage } from '../../features/install/InstallGuide.tsx'
import { LockPlace } from '../../features/lock/LockPlace.tsx'
import { LeavingPage } from '../../features/leaving/Leaving.tsx'
import { PairingPage } from '../../features/pairing/PairingPage.tsx'
import { ServicesPage } from '../../features/services/ServicesPage.tsx'
import { RightsPage } from '../../features/rights/RightsPage.tsx'
import { setLanguage } from '../../features/settings/LanguageSwitch.tsx'
import { MorePage } from '../../features/settings/MorePage.tsx'
import { SettingsPage } from '../../features/settings/SettingsPage.tsx'
import { readLanguage } from '../../offline/farewell.ts'
import { isClosed, isUnproved, lockState, planAtHand } from '../../offline/held.ts'
import { standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { asLanguage } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { path } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { AnotherTimePlace } from './AnotherTimePlace.tsx'
import { CalendarPlace } from './CalendarPlace.tsx'
import { CheckInPlace } from './CheckInPlace.tsx'
import { ContactPlace } from './ContactPlace.tsx'
import { Frame } from './Frame.tsx'
import { HelpPage } from './HelpPage.tsx'
import { MessagePlace } from './MessagePlace.tsx'
import { PlanPlace } from './PlanPlace.tsx'
import { startWorker } from './worker.ts'

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

function afterPairing(spoken: string, scannedCode: Signal<string | null>): void {
  // A code works once.
  scannedCode.value = null
  const chosen = asLanguage(spoken)
  // What the person has chosen on this phone goes before what the counsellor noted.
  if (chosen && readLanguage() === null) void setLanguage(chosen)
  if (!isShared.value) startWorker()
}

function Pairing({ scannedCode }: { scannedCode: Signal<string | null> }) {
  const code = scannedCode.value
  return <PairingPage key={code ?? ''} initial={code} onPaired={(spoken) => afterPairing(spoken, scannedCode)} />
}

const MESSAGES = ['/beskeder', '/beskeder/ny']
const ID = '[0-9a-fA-F-]{8,36}'

/** Pages that only a paired phone has; an unpaired one shows its start there, and claims nothing. */
function personalPage(here: string) {
  const appointment = new RegExp(`^/aftaler/(${ID})$`).exec(here)?.[1]
  const another = new RegExp(`^/aftaler/(${ID})/anden-tid$`).exec(here)?.[1]
  const taken = new RegExp(`^/aftaler/(${ID})/kalender$`).exec(here)?.[1]
  const reminder = new RegExp(`^/r/(${ID})$`).exec(here)?.[1]
  const isPersonal = appointment || another || taken || reminder || ['/aftaler', '/kalender', '/mine-data', '/min-kode', '/henvendelser', ...MESSAGES].includes(here)
  if (isPersonal && standing.value === 'unpaired') return <HomePage key={standing.value} />
  if (appointment) return <AppointmentPage key={appointment} id={appointment} />
  if (another) return <AnotherTimePlace key={another} id={another} />
  if (taken || here === '/kalender') return <CalendarPlace key={here} appointmentId={taken ?? null} />
  if (reminder) return <ReminderPage key={reminder} occurrenceId={reminder} />
  if (here === '/aftaler') return <AppointmentsPage key={here} />
  if (MESSAGES.includes(here)) return <MessagePlace key={here} here={here} />
  if (here === '/mine-data') return <RightsPage key={here} />
  if (here === '/min-kode' || here === '/henvendelser') return <ContactPlace key={here} here={here} />
  return null
}

/** What a person writes: it needs neither a pairing nor a network. */
function ownPage(here: string) {
  if (here === '/min-plan' || here.startsWith('/min-plan/')) return <PlanPlace here={here} missing={() => <NotFound />} />
  if (here === '/maal' || here.startsWith('/maal/')) return <GoalPlace here={here} missing={() => <NotFound />} />
  if (here === '/lige-nu' || here.startsWith('/lige-nu/')) return <CheckInPlace here={here} missing={() => <NotFound />} />
  return null
}

/** Where a plan lies of which nobody has shown whose it is, nothing is written and no code is chosen. */
function isWithheld(here: string): boolean {
  return isUnproved.value && /^\/(maal|lige-nu|indstillinger\/kode)(\/|$)/.test(here)
}

function openPage(here: string, scannedCode: Signal<string | null>) {
  if (here === '/' || here === '/index.html' || isWithheld(here)) return <HomePage key={standing.value} />
  if (here === '/par') return <Pairing scannedCode={scannedCode} />
  if (here === '/aabningstider') return <ServicesPage key={here} />
  if (/^\/indstillinger\/kode(\/|$)/.test(here))
    return <LockPlace key="code">{({ CodePages }) => <CodePages here={here} missing={() => <NotFound />} />}</LockPlace>
  if (here === '/indstillinger') return <SettingsPage key={here} />
  if (here === '/henvendelse') return <ContactPlace key={here} here={here} />
  if (here === '/installer') return <InstallPage key={here} />
  if (here === '/hurtigt-vaek') return <LeavingPage key={here} />
  if (here === '/mere') return <MorePage key={here} />
  return null
}

/** What is there without the code: opening hours, the way out, and the plan where its owner wants it so. */
function lockedPage(here: string) {
  if (here === '/aabningstider') return <ServicesPage key={here} />
  if (here === '/hurtigt-vaek') return <LeavingPage key={here} />
  if (planAtHand.value && /^\/min-plan(\/|$)/.test(here)) return <PlanPlace here={here} missing={() => <NotFound />} />
  if (lockState.value === 'given-up') return <LockPlace key="gone">{({ GonePage }) => <GonePage />}</LockPlace>
  return <LockPlace key="lock">{({ LockPage }) => <LockPage />}</LockPlace>
}

function currentPage(scannedCode: Signal<string | null>) {
  const here = path.value === '/' ? '/' : path.value.replace(/\/$/, '')
  if (here === '/hjaelp' || here === '/hjaelp.html') return <HelpPage key="help" />
  if (isClosed.value) return lockedPage(here)
  // The phone's own data opens in a moment; until then nothing is claimed about it.
  if (standing.value === 'starting') return null
  return openPage(here, scannedCode) ?? ownPage(here) ?? personalPage(here) ?? <NotFound />
}

/** The citizen's app: one page at a time in one frame. */
export function App({ scannedCode }: { scannedCode: Signal<string | null> }) {
  return <Frame>{currentPage(scannedCode)}</Frame>
}
