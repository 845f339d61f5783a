import { useSignal } from '@preact/signals'
import { isLeavingUnsent, leaveCourse, sessions, skipSession, type CourseSession } from '../../offline/course-store.ts'
import { coursesText } from '../../text/courses.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { instantNow } from '../clock.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { DRAFT_MARK, themeOf } from './content.ts'
import { RefusedLeavings } from './RefusedLeavings.tsx'
import { bringTo, courseName, titleOf, whenIs } from './words.ts'

const hasBegun = ({ starts_at }: CourseSession) => Date.parse(starts_at) <= instantNow.value

function Details({ session }: { session: CourseSession }) {
  const words = coursesText.value
  const bring = bringTo(session)
  return (
    <dl class="details">
      {session.place && <dt>{words.place}</dt>}
      {session.place && <dd>{session.place}</dd>}
      <dt>{words.length}</dt>
      <dd>{text.value.when.minutes(session.minutes)}</dd>
      {bring && <dt>{words.bring}</dt>}
      {bring && <dd>{bring}</dd>}
    </dl>
  )
}

/** What is to be known about this time; usually nothing. */
function State({ session }: { session: CourseSession }) {
  const words = coursesText.value.session
  const said = session.status === 'cancelled' ? words.cancelled : session.attended ? words.been : session.excused ? words.excused : session.my === 'enrolled' ? null : words[session.my]
  if (!said) return null
  return (
    <Notice role="note">
      <p>{said}</p>
    </Notice>
  )
}

function Paragraphs({ heading, lines }: { heading: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <section>
      <h2>{heading}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  )
}

/** What to read at home: before, and from when it has begun, after. */
function Material({ session }: { session: CourseSession }) {
  const words = coursesText.value.session
  const theme = themeOf(session)
  if (!theme) return null
  return (
    <>
      <Paragraphs heading={words.before} lines={theme.before[language.value]} />
      {hasBegun(session) && <Paragraphs heading={words.after} lines={theme.after[language.value]} />}
      {theme.draft[language.value] && <p class="quiet">{DRAFT_MARK[language.value]}</p>}
    </>
  )
}

/** One time less, or none any more: each a plain choice that asks for no reason. */
function Leave({ session }: { session: CourseSession }) {
  const words = coursesText.value
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const skip = async () => say((await skipSession(session)) ? words.session.notThisTimeDone : words.notKept)
  const stop = async () => {
    close()
    if (!(await leaveCourse(session))) return say(words.notKept)
    navigate('/forloeb', true)
    say(words.leave.done)
  }
  return (
    <div class="button-row course-leave">
      {session.my === 'enrolled' && !session.excused && <Button onClick={() => void skip()}>{words.session.notThisTime}</Button>}
      <Button kind="quiet" onClick={() => (isAsking.value = true)}>
        {words.leave.button}
      </Button>
      <Dialog open={isAsking.value} heading={words.leave.heading} onClose={close}>
        <p>{words.leave.text}</p>
        <div class="button-row">
          <Button onClick={() => void stop()}>{words.leave.yes}</Button>
          <Button kind="primary" onClick={close}>
            {words.leave.no}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}

/** One time: when and where, what to bring, what to read, and how to say no. */
export function SessionPage({ id }: { id: string }) {
  const words = coursesText.value
  const session = sessions.value.find((each) => each.id === id)
  const isOpen = session && session.status === 'booked' && !hasBegun(session) && session.my !== 'left'
  return (
    <Page heading={session ? titleOf(session) : words.heading}>
      <p>
        <a class="way-on" href="/forloeb">
          {words.session.all}
        </a>
      </p>
      <SaidHere />
      {isLeavingUnsent.value && <p class="quiet">{words.leave.waits}</p>}
      <RefusedLeavings />
      {session ? (
        <>
          <p class="quiet">{courseName(session.code)}</p>
          <p class="when">{whenIs(session)}</p>
          <State session={session} />
          <Details session={session} />
          <Material session={session} />
          {isOpen && <Leave session={session} />}
          <p class="quiet">{words.session.others}</p>
        </>
      ) : (
        <p>{words.session.gone}</p>
      )}
    </Page>
  )
}
