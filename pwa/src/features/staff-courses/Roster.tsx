import type { RosterLine, RunDetail, RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { sayWhenBriefly } from '../../ui/days'
import { coverTitle, sessionTitle } from './names'

interface RosterProps {
  run: RunDetail
  lines: readonly RosterLine[]
  isWaiting?: boolean
  /** None where nothing can be changed any more. */
  onEnd: ((line: RosterLine) => void) | null
}

const MARKS = { present: '✓', absent: '·', excused: '–' }

/** One cell for each time: a mark, with its words for whoever listens. */
function Cell({ line, session }: { line: RosterLine; session: RunSession }) {
  const words = staffCoursesText().run
  if (!line.numbers.includes(session.number)) return <td class="course-none" />
  const said = line.attendance[String(session.number)]
  return (
    <td>
      <span aria-hidden="true">{said ? MARKS[said] : '□'}</span>
      <span class="visually-hidden">{said ? words.presence[said] : words.unsaid}</span>
    </td>
  )
}

function Themes({ run, line }: { run: RunDetail; line: RosterLine }) {
  const words = staffCoursesText().run
  const been = line.coverage.filter((each) => each.covered)
  if (line.coverage.length === 0) return <td />
  return (
    <td title={been.map((each) => coverTitle(run.code, each)).join(', ')}>{words.covered(been.length, line.coverage.length)}</td>
  )
}

function Row({ run, line, isWaiting, onEnd }: Omit<RosterProps, 'lines'> & { line: RosterLine }) {
  const words = staffCoursesText().run
  const mayEnd = onEnd !== null && (run.mine || line.mine)
  return (
    <tr>
      <th scope="row">{line.mine ? <a href={`/staff/people/${line.citizen_id}`}>{line.alias}</a> : line.alias}</th>
      {isWaiting ? <td>{line.numbers.join(', ')}</td> : run.sessions.map((session) => <Cell key={session.id} line={line} session={session} />)}
      <Themes run={run} line={line} />
      <td class="no-print">
        {mayEnd && (
          <Button kind="quiet" label={words.endLabel(line.alias)} onClick={() => onEnd(line)}>
            {words.end}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** People by alias, with the times they have a place at; on paper a list to tick. */
export function Roster({ run, lines, isWaiting = false, onEnd }: RosterProps) {
  const words = staffCoursesText().run
  return (
    <div class="course-wide" role="region" aria-label={isWaiting ? words.waiting : words.roster} tabIndex={0}>
      <table class="course-table">
        <thead>
          <tr>
            <th scope="col">{words.alias}</th>
            {isWaiting ? (
              <th scope="col">{words.number}</th>
            ) : (
              run.sessions.map((session) => (
                <th scope="col" key={session.id} title={sayWhenBriefly(session.starts_at, language.value, new Date())}>
                  <span aria-hidden="true">{session.number}</span>
                  <span class="visually-hidden">{sessionTitle(run.code, session)}</span>
                </th>
              ))
            )}
            <th scope="col">{words.themes}</th>
            <td class="no-print" />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.enrollment_id} run={run} line={line} isWaiting={isWaiting} onEnd={onEnd} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
