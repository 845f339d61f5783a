import type { Signal } from '@preact/signals'
import { AppointmentPage } from '../../features/appointments/AppointmentPage.tsx'
import { AppointmentsPage } from '../../features/appointments/AppointmentsPage.tsx'
import { GoalPlace } from '../../features/goals/GoalPlace.tsx'
import { HomePage } from '../../features/home/HomePage.tsx'
import { InstallPage } from '../../features/install/InstallGuide.tsx'
import { LockPlace } from '../../features/lock/LockPlace.tsx'
import { PairingPage } from '../../features/pairing/PairingPage.tsx'
import { ServicesPage } from '../../features/services/ServicesPage.tsx'
import { setLanguage } from '../../features/settings/LanguageSwitch.tsx'
import { SettingsPage } from '../../features/settings/SettingsPage.tsx'
import { readLanguage } from '../../offline/farewell.ts'
import { isClosed, isUnproved, lockState, planAtHand } from '../../offline/held.ts'
import { standing } from '../../offline/phone.ts'
import { isShared } from '../../offline/shared.ts'
import { asLanguage } from '../../text/language.ts'
import { path } from '../../ui/navigation.ts'
import { Frame } from './Frame.tsx'
import { HelpPage } from './HelpPage.tsx'
import { LaterPlace } from './LaterPlace.tsx'
import { PlanPlace } from './PlanPlace.tsx'
import { startWorker } from './worker.ts'

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

const ID = '[0-9a-fA-F-]{8,36}'

/** Pages that only a paired phone has; an unpaired one shows its start there, and claims nothing. */
function personalPage(here: string) {
  const appointment = new RegExp(`^/aftaler/(${ID})$`).exec(here)?.[1]
  const isPersonal = appointment || here === '/aftaler'
  if (isPersonal && standing.value === 'unpaired') return <HomePage key={standing.value} />
  if (appointment) return <AppointmentPage key={appointment} id={appointment} />
  return here === '/aftaler' ? <AppointmentsPage key={here} /> : null
}

/** What a person writes: it needs neither a pairing nor a network. */
function ownPage(here: string) {
  if (here === '/min-plan' || here.startsWith('/min-plan/')) return <PlanPlace here={here} missing={() => <LaterPlace here={here} />} />
  if (here === '/maal' || here.startsWith('/maal/')) return <GoalPlace here={here} missing={() => <LaterPlace here={here} />} />
  return null
}

/** Where a plan lies of which nobody has shown whose it is, nothing is written and no code is chosen. */
function isWithheld(here: string): boolean {
  return isUnproved.value && /^\/(maal|indstillinger\/kode)(\/|$)/.test(here)
}

function openPage(here: string, scannedCode: Signal<string | null>) {
  if (here === '/' || here === '/index.html' || isWithheld(here)) return <HomePage key={standing.value} />
  if (here === '/par') return <Pairing scannedCode={scannedCode} />
  if (here === '/aabningstider') return <ServicesPage key={here} />
  if (/^\/indstillinger\/kode(\/|$)/.test(here))
    return <LockPlace key="code">{({ CodePages }) => <CodePages here={here} missing={() => <LaterPlace here={here} />} />}</LockPlace>
  if (here === '/indstillinger') return <SettingsPage key={here} />
  if (here === '/installer') return <InstallPage key={here} />
  return null
}

/** What is there without the code: opening hours, the way out, and the plan where its owner wants it so. */
function lockedPage(here: string) {
  if (here === '/aabningstider') return <ServicesPage key={here} />
  if (here === '/hurtigt-vaek') return <LaterPlace here={here} />
  if (planAtHand.value && /^\/min-plan(\/|$)/.test(here)) return <PlanPlace here={here} missing={() => <LaterPlace here={here} />} />
  if (lockState.value === 'given-up') return <LockPlace key="gone">{({ GonePage }) => <GonePage />}</LockPlace>
  return <LockPlace key="lock">{({ LockPage }) => <LockPage />}</LockPlace>
}

function currentPage(scannedCode: Signal<string | null>) {
  const here = path.value === '/' ? '/' : path.value.replace(/\/$/, '')
  if (here === '/hjaelp' || here === '/hjaelp.html') return <HelpPage key="help" />
  if (isClosed.value) return lockedPage(here)
  // The phone's own data opens in a moment; until then nothing is claimed about it.
  if (standing.value === 'starting') return null
  return openPage(here, scannedCode) ?? ownPage(here) ?? personalPage(here) ?? <LaterPlace here={here} />
}

/** The citizen's app: one page at a time in one frame. */
export function App({ scannedCode }: { scannedCode: Signal<string | null> }) {
  return <Frame>{currentPage(scannedCode)}</Frame>
}
