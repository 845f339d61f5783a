import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { me, signOut } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Me } from '../../api/staffTypes'
import { eraseDesk, isDown, unsent } from '../../features/staff-desk/held'
import { leaveWithoutServer } from '../../features/staff-desk/leaving'
import { LeaveDesk } from '../../features/staff-desk/LeaveDesk'
import { deskText } from '../../text/desk'
import { asLanguage } from '../../text/language'
import { chooseStaffLanguage, staffText } from '../../text/staff'
import { missedText } from '../../text/missed'
import { staffConsoleText } from '../../text/staffConsole'
import { staffExercisesText } from '../../text/staffExercises'
import { staffCoursesText } from '../../text/staffCourses'
import { staffMessagesText } from '../../text/staffMessages'
import { ratesText } from '../../text/rates'
import { sendingText } from '../../text/sending'
import { weekText } from '../../text/week'
import { Button } from '../../ui/Button'
import { dropAllDrafts } from '../../ui/drafts'
import { sayDone } from '../../ui/flash'
import { type Place, readsDeskFigures, worksWithCourses } from './routes'

interface ShellProps {
  me: Me | null
  place: Place | null
  children: ComponentChildren
}

/** The bar on top: where one can go, who one is, and the way out. */
export function Shell({ me, place, children }: ShellProps) {
  return (
    <div class="shell">
      <header class="bar no-print">
        {me && <Places me={me} place={place} />}
        <div class="bar-end">
          {me && (
            <span class="bar-me quiet">
              {me.name}, {me.unit.name}
            </span>
          )}
          <LanguageChoice />
          {me && <SignOut />}
        </div>
      </header>
      {children}
    </div>
  )
}

function Places({ me, place }: { me: Me; place: Place | null }) {
  const { nav } = staffText()
  const hasCases = me.roles.includes('counsellor') || me.roles.includes('manager')
  const isDesk = me.roles.includes('crisis-line')
  const desk = deskText()
  const link = (name: Place, href: string, label: string) => (
    <a href={href} aria-current={place === name ? 'true' : undefined}>
      {label}
    </a>
  )
  return (
    <nav aria-label={nav.label} class="places">
      {isDesk && link('desk', '/staff/desk', desk.nav)}
      {hasCases && link('today', '/staff/', staffConsoleText().today.nav)}
      {(hasCases || !(isDesk || worksWithCourses(me))) && link('people', '/staff/people', nav.caseload)}
      {me.roles.includes('counsellor') && link('calendar', '/staff/week', weekText().nav)}
      {worksWithCourses(me) && link('courses', '/staff/courses', staffCoursesText().nav)}
      {me.roles.includes('counsellor') && link('exercises', '/staff/exercises', staffExercisesText().nav)}
      {hasCases && link('messages', '/staff/messages', staffMessagesText().nav)}
      {hasCases && link('calls', '/staff/missed', missedText().nav)}
      {me.roles.includes('counsellor') && link('unsaid', '/staff/unsaid', weekText().unsaid)}
      {me.roles.includes('manager') && link('figures', '/staff/rates', ratesText().nav)}
      {me.roles.includes('manager') && link('colleagues', '/staff/colleagues', nav.colleagues)}
      {me.roles.includes('manager') && link('stand-ins', '/staff/stand-ins', nav.standIns)}
      {me.roles.includes('manager') && link('sending', '/staff/sending', sendingText().health.nav)}
      {isDesk && link('desk-follow-ups', '/staff/desk/follow-ups', desk.followUps.nav)}
      {isDesk && link('desk-places', '/staff/desk/places', desk.places.nav)}
      {isDesk && link('desk-shift', '/staff/desk/shift', desk.shift.nav)}
      {readsDeskFigures(me) && link('desk-figures', '/staff/desk/statistics', desk.statistics.nav)}
    </nav>
  )
}

function LanguageChoice() {
  const { language } = staffText()
  const other = asLanguage(language.otherCode) ?? 'da'
  return (
    <button type="button" class="bar-button" lang={other} onClick={() => chooseStaffLanguage(other)}>
      {language.other}
    </button>
  )
}

/** Ends the session, then loads the page afresh, so that nothing of anybody stays in memory. */
function SignOut() {
  const text = staffText()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const go = async (forget: () => Promise<void> = eraseDesk) => {
    await forget()
    dropAllDrafts()
    location.replace('/staff/')
  }
  const leave = async () => {
    setAsked(false)
    setBusy(true)
    try {
      await signOut()
      await go()
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return go()
      // While the server is down only the desk opens again in this browser, and it opens for nobody who left it.
      const isDesk = me.value?.roles.includes('crisis-line') === true
      if (isDesk && isDown(error) && (await go(leaveWithoutServer).then(() => true, () => false))) return
      setBusy(false)
      sayDone(explain(error, text).message ?? text.problem.other)
    }
  }
  return (
    <>
      <Button kind="quiet" busy={busy} onClick={() => (unsent.value > 0 ? setAsked(true) : void leave())}>
        {text.nav.signOut}
      </Button>
      <LeaveDesk open={asked} onStay={() => setAsked(false)} onGo={() => void leave()} />
    </>
  )
}
