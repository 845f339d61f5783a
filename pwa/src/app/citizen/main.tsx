import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import { startClock } from '../../features/clock.ts'
import { prepareGoals } from '../../features/goals/place.ts'
import { listenForInstall } from '../../features/install/install.ts'
import { prepareLock } from '../../features/lock/LockPlace.tsx'
import { nameTheWayOut } from '../../features/leaving/wayOut.ts'
import { watchHeldBack } from '../../features/reminders/heldBack.ts'
import { takeCodeFromAddress } from '../../features/pairing/code.ts'
import { prepareSettings } from '../../features/settings/SettingsPage.tsx'
import { readFarewell, readLanguage } from '../../offline/farewell.ts'
import { lockState, planOpen } from '../../offline/held.ts'
import { choices, keepFresh, needsCode, open, refresh, standing } from '../../offline/phone.ts'
import { planLines } from '../../offline/plan-store.ts'
import { isShared } from '../../offline/shared.ts'
import { checkReminders, lookAgain } from '../../push/reminders.ts'
import { asLanguage, language } from '../../text/language.ts'
import { prepareEnglish, speak } from '../../text/text.ts'
import { navigate, path, startNavigation } from '../../ui/navigation.ts'
import { App } from './App.tsx'
import { watchSharedDevice } from './idle.ts'
import { watchLock } from './lock-watch.ts'
import { prepareLater } from './LaterPlace.tsx'
import { preparePlan } from './PlanPlace.tsx'
import { listenToWorker, startWorker, takeOverWhenHidden } from './worker.ts'

const scannedCode = signal(takeCodeFromAddress(location, history))
// Scanned while the page for codes was open already: only what stands behind the # changes then.
addEventListener('hashchange', () => {
  scannedCode.value = takeCodeFromAddress(location, history) ?? scannedCode.value
})
listenForInstall()
effect(() => {
  document.documentElement.lang = language.value
})
nameTheWayOut()

// Forgotten, here or in another tab, or ended by the server: no page of the person stays open.
let wasPaired = false
effect(() => {
  if (wasPaired && standing.value === 'unpaired') navigate('/', true)
  wasPaired = standing.value === 'paired'
})

const wantsReminders = () => choices.peek()['reminders_wanted'] === true && standing.peek() === 'paired'

/** At the start, after each pairing and after a farewell, what is said about reminders is looked at anew. */
function followReminders(): void {
  effect(() => {
    if (standing.value === 'starting' || needsCode.value) return
    void checkReminders(wantsReminders())
  })
  // Back from the phone's settings, where they may have been allowed or refused.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookAgain(wantsReminders())
  })
}

function mount(): void {
  const root = document.getElementById('app')
  if (!root) return
  root.textContent = ''
  startNavigation()
  // Help was asked for before the script was here.
  if (location.hash === '#hjaelp') navigate('/hjaelp', true)
  render(<App scannedCode={scannedCode} />, root)
  document.documentElement.classList.add('has-app')
}

async function start(): Promise<void> {
  // Until the words are here, the page that stands before every script shows the help numbers.
  await speak(asLanguage(readLanguage()) ?? 'da')
  mount()
  if (path.value.startsWith('/min-plan')) void preparePlan()
  startClock()
  watchSharedDevice()
  watchLock()
  watchHeldBack()
  listenToWorker()
  takeOverWhenHidden()
  await open()
  // Whoever has a plan or a lock shall never wait for its pages.
  if (planLines.value.length > 0 || planOpen.value) void preparePlan()
  if (lockState.value !== 'none') void prepareLock()
  keepFresh()
  if (readFarewell() === null && !isShared.value) startWorker()
  followReminders()
  void prepareEnglish()
  // One's own words and "Glem denne telefon" need no network, also where no service worker keeps the files.
  void prepareGoals()
  void prepareLater()
  void prepareSettings()
  await refresh()
}

void start()
