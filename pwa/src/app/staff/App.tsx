import { useEffect, useState } from 'preact/hooks'
import { askSession, fetchDemo, me } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Me } from '../../api/staffTypes'
import { stayAtDesk } from '../../features/staff-desk/held'
import { endWhatWasLeft } from '../../features/staff-desk/leaving'
import { Numbers } from '../../features/staff-desk/Numbers'
import { Caseload } from '../../features/staff-caseload/Caseload'
import { Invitation } from '../../features/staff-session/Invitation'
import { SignIn } from '../../features/staff-session/SignIn'
import { staffText } from '../../text/staff'
import { flash } from '../../ui/flash'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { path } from '../../ui/routing'
import { findPage, type Page } from './routes'
import { Shell } from './Shell'

const INVITATION = '/staff/invitation'

/** Knows whether this is a demo, for the line that says so; not knowing is no trouble. */
function useDemo(): boolean {
  const [demo, setDemo] = useState(false)
  useEffect(() => {
    fetchDemo().then(
      (answer) => setDemo(answer.demo),
      () => setDemo(false),
    )
  }, [])
  return demo
}

/** The staff console: the gate first, then the page at this address. */
export function App() {
  const demo = useDemo()
  const text = staffText()
  const atInvitation = path.value.replace(/\/$/, '') === INVITATION
  return (
    <>
      <a class="skip" href="#content">
        {text.skip}
      </a>
      {demo && <aside class="demo">{text.demo}</aside>}
      {atInvitation ? <Gate>{<Invitation />}</Gate> : <Inside />}
      <p class="flash" role="status">
        {flash.value}
      </p>
    </>
  )
}

function Gate({ children }: { children: preact.ComponentChild }) {
  return (
    <Shell me={null} place={null}>
      <main id="content" class="gate-page" tabIndex={-1}>
        {children}
      </main>
    </Shell>
  )
}

function Inside() {
  const text = staffText()
  const [trouble, setTrouble] = useState<unknown>(null)
  const ask = () => {
    setTrouble(null)
    // While the server is down the desk goes on with what this browser holds.
    endWhatWasLeft()
      .then(askSession)
      .catch(async (error: unknown) => {
        if (!(await stayAtDesk(error))) setTrouble(error)
      })
  }
  useEffect(ask, [])
  if (me.value) return <SignedIn me={me.value} />
  if (me.value === null) {
    return (
      <Gate>
        <SignIn />
      </Gate>
    )
  }
  return (
    <Gate>
      <LoadState
        loading={text.loading}
        trouble={trouble ? explain(trouble, text).message : undefined}
        retry={{ label: text.problem.retry, act: ask }}
      />
      {trouble !== null && <Numbers />}
    </Gate>
  )
}

function SignedIn({ me: person }: { me: Me }) {
  const page = findPage(path.value, person)
  if (!page) return <NotFound me={person} />
  return (
    <Shell me={person} place={page.place}>
      {page.place === 'people' || page.place === 'today' ? (
        <People page={page} me={person} />
      ) : (
        <main id="content" class="single" tabIndex={-1} key={path.value}>
          {page.content}
        </main>
      )}
    </Shell>
  )
}

/** The list on the left and the person on the right; on a narrow screen, one of them. */
function People({ page, me: person }: { page: Page; me: Me }) {
  const text = staffText()
  if (!person.roles.some((role) => role === 'counsellor' || role === 'manager')) {
    return (
      <main id="content" class="single" tabIndex={-1}>
        <h1 class="visually-hidden">{text.caseload.title}</h1>
        <p class="empty">{text.caseload.noneForRole}</p>
      </main>
    )
  }
  return (
    <div class={paneClass(page)}>
      <div class="pane-list">
        <Caseload chosen={page.citizenId} roles={person.roles} />
      </div>
      <main id="content" class="pane-content" tabIndex={-1} key={path.value}>
        {page.content && page.place === 'people' && (
          <a class="to-list" href="/staff/people">
            ‹ {text.caseload.title}
          </a>
        )}
        {page.content ?? (
          <>
            <h1 class="visually-hidden">{text.caseload.title}</h1>
            <p class="empty choose">{text.caseload.choose}</p>
          </>
        )}
      </main>
    </div>
  )
}

/** Today stands beside the list of people; on a narrow screen alone. */
function paneClass(page: Page): string {
  if (page.place === 'today') return 'panes panes-open panes-today'
  return page.content ? 'panes panes-open' : 'panes'
}

function NotFound({ me: person }: { me: Me }) {
  const { notFound } = staffText()
  return (
    <Shell me={person} place={null}>
      <main id="content" class="single" tabIndex={-1}>
        <PageHeading>{notFound.title}</PageHeading>
        <p>{notFound.text}</p>
        <a class="way-out" href="/staff/">
          {notFound.link}
        </a>
      </main>
    </Shell>
  )
}
