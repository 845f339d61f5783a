import type { RunDetail, RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { copenhagenWall } from '../../ui/copenhagen'
import { sayTime, sayWeekday } from '../../ui/days'
import { canBeTaken } from './marking'
import { sessionTitle } from './names'

function Ways({ run, session }: { run: RunDetail; session: RunSession }) {
  const words = staffCoursesText().run
  if (!run.mine || session.status === 'cancelled') return null
  const page = `/staff/courses/runs/${run.id}/sessions/${session.id}`
  const title = sessionTitle(run.code, session)
  const ahead = Date.parse(session.starts_at) - Date.now()
  // Where nobody has a place there is nobody to mark.
  const isMarked = session.enrolled > 0 || session.attendance_taken
  const isTaken = canBeTaken(session, Date.now())
  return (
    <span class="course-ways">
      {isMarked && (
        <a href={page} aria-label={isTaken ? words.takeLabel(title) : words.excuseLabel(title)}>
          {isTaken ? words.take : words.excuse}
        </a>
      )}
      {ahead > 0 && session.status === 'booked' && (
        <>
          <a href={`${page}/move`} aria-label={words.moveLabel(title)}>
            {words.move}
          </a>
          <a href={`${page}/cancel`} aria-label={words.cancelLabel(title)}>
            {words.cancel}
          </a>
        </>
      )}
    </span>
  )
}

/** The day itself, never "i dag": the list is printed, too. */
function dayOf({ starts_at }: RunSession): string {
  const { date, time } = copenhagenWall(starts_at)
  return staffCoursesText().run.on(sayWeekday(date, language.value, new Date()), sayTime(time, language.value))
}

function stateOf(session: RunSession): string {
  const words = staffCoursesText()
  if (session.status === 'cancelled') return session.reason ? words.run.cancelled(session.reason) : words.statuses.cancelled
  return session.attendance_taken ? words.run.taken : ''
}

/** The times of a group in their order, each with what can be done about it. */
export function Sessions({ run }: { run: RunDetail }) {
  const words = staffCoursesText().run
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{words.sessions}</h2>
      <ol class="course-sessions">
        {run.sessions.map((session) => (
          <li key={session.id} class={session.status === 'cancelled' ? 'course-off' : undefined}>
            <span class="course-when">{dayOf(session)}</span>
            <div>
              {sessionTitle(run.code, session)}
              {stateOf(session) && <div class="quiet">{stateOf(session)}</div>}
            </div>
            <span class="quiet">{words.seats(session.enrolled, run.seats)}</span>
            <span class="no-print">
              <Ways run={run} session={session} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
