import { feedbackByRun, isLeavingUnsent, paths, sessions, type CoursePath, type CourseSession } from '../../offline/course-store.ts'
import { standing } from '../../offline/phone.ts'
import { coursesText } from '../../text/courses.ts'
import { language } from '../../text/language.ts'
import { messagesText } from '../../text/messages.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { Card } from '../../ui/Card.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { instantNow, wallNow } from '../clock.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { courseOf } from './content.ts'
import { Coverage } from './Coverage.tsx'
import { findNext, isAhead, mayTell, runsOf } from './groups.ts'
import { RefusedLeavings } from './RefusedLeavings.tsx'
import { bringTo, courseName, titleOf, whenIs } from './words.ts'

const pageOf = ({ id }: CourseSession) => `/forloeb/gang/${id}`

function Next({ session }: { session: CourseSession }) {
  const words = coursesText.value
  const bring = bringTo(session)
  return (
    <Card heading={words.next}>
      <p class="when">
        <a href={pageOf(session)}>{whenIs(session)}</a>
      </p>
      <p>{titleOf(session)}</p>
      {bring && (
        <p>
          {words.bring}: {bring}
        </p>
      )}
    </Card>
  )
}

/** One line for each time; a cancelled one stays, so that nobody comes in vain. */
function Line({ session }: { session: CourseSession }) {
  const words = coursesText.value
  const state = session.status === 'cancelled' ? words.session.cancelled : session.excused ? words.session.excused : null
  return (
    <li>
      <a class="row-link" href={pageOf(session)}>
        {titleOf(session)}
      </a>
      <span class="quiet">{whenIs(session)}</span>
      {state && <span class="quiet">{state}</span>}
    </li>
  )
}

function Lines({ heading, items }: { heading: string; items: readonly CourseSession[] }) {
  if (items.length === 0) return null
  return (
    <>
      <h3>{heading}</h3>
      <ul class="plain-list course-lines">
        {items.map((session) => (
          <Line key={session.id} session={session} />
        ))}
      </ul>
    </>
  )
}

/** Asks about the newest run that is over for this person; who has answered can look at it again. */
function Asked({ code, mine }: { code: string; mine: readonly CourseSession[] }) {
  const words = coursesText.value.feedback
  const run = runsOf(mine).find((each) => feedbackByRun.value.has(each.runId) || mayTell(each.sessions, instantNow.value))
  if (!run) return null
  const isSaid = feedbackByRun.value.has(run.runId)
  return (
    <p>
      <a class={isSaid ? 'way-on' : 'button button-primary button-wide'} href={`/forloeb/svar/${run.runId}`}>
        {isSaid ? words.change : words.askAbout(courseName(code))}
      </a>
    </p>
  )
}

function CourseSection({ code }: { code: string }) {
  const words = coursesText.value
  const mine = sessions.value.filter((each) => each.code === code && each.my !== 'left')
  const now = instantNow.value
  const isWaiting = mine.some((each) => each.my === 'waiting' && isAhead(each, now))
  const stands = mine.filter((each) => each.my !== 'waiting')
  return (
    <section>
      <h2>{courseName(code)}</h2>
      {isWaiting && (
        <Notice role="note">
          <p>{words.waiting(courseName(code))}</p>
          <p>{words.waitingText}</p>
        </Notice>
      )}
      <Coverage code={code} />
      <Asked code={code} mine={mine} />
      <Lines heading={words.ahead} items={stands.filter((each) => isAhead(each, now))} />
      <Lines heading={words.earlier} items={stands.filter((each) => !isAhead(each, now)).reverse()} />
    </section>
  )
}

function TalksSection({ path }: { path: CoursePath }) {
  const words = coursesText.value.talks
  const course = courseOf(path.code)
  const evaluate = path.evaluate_on && describeDate(path.evaluate_on, wallNow.value.date, text.value.when)
  return (
    <section>
      <h2>{courseName(path.code)}</h2>
      {course && <p>{course.lead[language.value]}</p>}
      {path.planned !== null && <p>{words.planned(path.planned)}</p>}
      {path.planned === null && course?.talks && course.months && <p>{words.many(course.talks.min, course.talks.max, course.months)}</p>}
      {evaluate && <p>{words.evaluate(evaluate)}</p>}
    </section>
  )
}

/** Not part of anything: what to do about it is one tap away. */
function Nothing() {
  return (
    <>
      <p>{coursesText.value.none}</p>
      {standing.value === 'paired' && (
        <p>
          <a class="way-on" href="/beskeder/ny">
            {messagesText.value.write}
          </a>
        </p>
      )}
    </>
  )
}

/** What the person takes part in: the next time first, then each course with its themes. */
export function OverviewPage() {
  const words = coursesText.value
  const codes = [...new Set(runsOf(sessions.value).map((run) => run.code))]
  const next = findNext(sessions.value, instantNow.value)
  return (
    <Page heading={words.heading}>
      <SaidHere />
      {isLeavingUnsent.value && <p class="quiet">{words.leave.waits}</p>}
      <RefusedLeavings />
      <RefusedEdits of={['course_feedback']} />
      {next && <Next session={next} />}
      {!next && codes.length > 0 && <p>{words.noNext}</p>}
      {codes.map((code) => (
        <CourseSection key={code} code={code} />
      ))}
      {paths.value.map((path) => (
        <TalksSection key={path.id} path={path} />
      ))}
      {codes.length === 0 && paths.value.length === 0 && <Nothing />}
    </Page>
  )
}
