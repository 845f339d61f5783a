import { moveSession, type RunDetail, type RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'
import { sayWhen } from '../../ui/days'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { explainCourse } from './explain'
import { WithSession } from './Loaded'
import { sessionTitle } from './names'
import { wholeBetween } from './planning'

type Move = Record<'date' | 'time' | 'minutes', string>

function check({ date, time, minutes }: Move): Record<string, string> {
  const words = staffCoursesText()
  const instant = copenhagenInstant(date, time)
  const isAhead = instant !== null && Date.parse(instant) > Date.now()
  return {
    ...(!isAhead && { starts_at: words.moveForm.wrong }),
    ...(wholeBetween(minutes, 15, 480) === null && { minutes: words.planForm.number }),
  }
}

/** Moves one time: everybody with a place is told, and reminded of the new one. */
export function MoveSession({ runId, sessionId }: { runId: string; sessionId: string }) {
  return <WithSession runId={runId} sessionId={sessionId}>{(run, session) => <MoveForm run={run} session={session} />}</WithSession>
}

function MoveForm({ run, session }: { run: RunDetail; session: RunSession }) {
  const text = staffText()
  const words = staffCoursesText().moveForm
  const page = `/staff/courses/runs/${run.id}`
  const form = useForm<Move>({
    key: `move-session:${session.id}`,
    initial: () => ({ ...copenhagenWall(session.starts_at), minutes: String(session.minutes) }),
    check,
    send: async ({ date, time, minutes }) => {
      const starts_at = copenhagenInstant(date, time) ?? ''
      await moveSession(session, { starts_at, minutes: Number(minutes) })
      sayDone(staffCoursesText().moveForm.done(sayWhen(starts_at, language.value, new Date())))
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error, { starts_at: staffCoursesText().moveForm.wrong }),
  })
  return (
    <section class="page">
      <PageHeading>{words.title(sessionTitle(run.code, session))}</PageHeading>
      <p class="course-at">{sayWhen(session.starts_at, language.value, new Date())}</p>
      <FormFrame
        form={form}
        labels={{ starts_at: words.date, minutes: words.minutes }}
        summary={text.problem.summary}
        submit={words.submit}
        cancel={{ href: page, label: text.cancel }}
      >
        <div class="side-by-side">
          <TextField id="starts_at" type="date" label={words.date} error={form.trouble.fields?.['starts_at']} value={form.values.date} onInput={(value) => form.set('date', value)} />
          <TextField id="starts_time" type="time" label={words.time} value={form.values.time} onInput={(value) => form.set('time', value)} />
          <TextField
            id="minutes"
            label={words.minutes}
            error={form.trouble.fields?.['minutes']}
            value={form.values.minutes}
            inputAttributes={{ inputMode: 'numeric', maxLength: 3 }}
            onInput={(value) => form.set('minutes', value)}
          />
        </div>
      </FormFrame>
    </section>
  )
}
