import { takeAttendance, type Presence, type RosterLine, type RunDetail, type RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { sayWhen } from '../../ui/days'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainCourse } from './explain'
import { WithSession } from './Loaded'
import { canBeTaken, type Marks, restPresent, shownOf, toEntries } from './marking'
import { courseName, sessionTitle } from './names'
import './courses.scss'

const CHOICES: readonly Presence[] = ['present', 'absent', 'excused']

/** Who came to one session, on one screen: by keyboard alone, saved as a whole. Before it begins, who does not come. */
export function AttendancePage({ runId, sessionId }: { runId: string; sessionId: string }) {
  return <WithSession runId={runId} sessionId={sessionId}>{(run, session) => <Attendance run={run} session={session} />}</WithSession>
}

function Attendance({ run, session }: { run: RunDetail; session: RunSession }) {
  const { attendance, excuses } = staffCoursesText()
  const isTaken = canBeTaken(session, Date.now())
  const words = isTaken ? attendance : excuses
  const lines = run.roster.filter((line) => line.numbers.includes(session.number))
  return (
    <section class="page page-wide">
      <p>
        <a href={`/staff/courses/runs/${run.id}`}>{courseName(run.code)}</a>
      </p>
      <PageHeading>{words.title(sessionTitle(run.code, session))}</PageHeading>
      <p class="course-at">{sayWhen(session.starts_at, language.value, new Date())}</p>
      {lines.length === 0 && <p class="empty">{attendance.nobody}</p>}
      {lines.length > 0 && <MarkForm run={run} session={session} lines={lines} isTaken={isTaken} />}
    </section>
  )
}

function MarkForm({ run, session, lines, isTaken }: { run: RunDetail; session: RunSession; lines: readonly RosterLine[]; isTaken: boolean }) {
  const text = staffText()
  const { attendance, excuses } = staffCoursesText()
  const words = isTaken ? attendance : excuses
  const page = `/staff/courses/runs/${run.id}`
  const form = useForm<Marks>({
    key: `attendance:${session.id}`,
    initial: () => ({}),
    send: async (marks) => {
      await takeAttendance(session.id, toEntries(lines, session.number, marks))
      const said = staffCoursesText()
      sayDone(isTaken ? said.attendance.saved : said.excuses.saved)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <FormFrame form={form} labels={{}} summary={text.problem.summary} submit={words.save} cancel={{ href: page, label: text.cancel }}>
      <p class="quiet course-keys">{attendance.keys}</p>
      {lines.map((line) => (
        <Mark key={line.citizen_id} line={line} number={session.number} form={form} isTaken={isTaken} />
      ))}
      {isTaken && <Counted lines={lines} number={session.number} form={form} />}
      <p class="quiet course-rest">{words.note}</p>
    </FormFrame>
  )
}

/** How many came, and the short way to say it of all others. */
function Counted({ lines, number, form }: { lines: readonly RosterLine[]; number: number; form: FormState<Marks> }) {
  const words = staffCoursesText().attendance
  const present = lines.filter((line) => shownOf(line, number, form.values) === 'present').length
  return (
    <>
      <p class="course-present" role="status">
        {words.count(present, lines.length)}
      </p>
      <Button onClick={() => form.fill(restPresent(lines, number, form.values))}>{words.allPresent}</Button>
    </>
  )
}

/** One person: a group of radio buttons, so that Tab goes to the next person and the arrows choose. */
function Mark({ line, number, form, isTaken }: { line: RosterLine; number: number; form: FormState<Marks>; isTaken: boolean }) {
  const { excuses, run } = staffCoursesText()
  const came: readonly (readonly [string, string])[] = [...CHOICES.map((choice) => [choice, run.presence[choice]] as const), ['', run.unsaid]]
  const options = isTaken ? came : ([['excused', excuses.excused], ['', excuses.expected]] as const)
  return (
    <fieldset class="course-mark">
      <legend>{line.alias}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={line.citizen_id}
            value={value}
            checked={shownOf(line, number, form.values) === value}
            onChange={() => form.set(line.citizen_id, value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
