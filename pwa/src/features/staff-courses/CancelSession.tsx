import { cancelSession, type RunDetail, type RunSession } from '../../api/staffCourses'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
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

/** Cancels one time: everybody with a place is told, and the reminder is taken back. */
export function CancelSession({ runId, sessionId }: { runId: string; sessionId: string }) {
  return <WithSession runId={runId} sessionId={sessionId}>{(run, session) => <CancelForm run={run} session={session} />}</WithSession>
}

function CancelForm({ run, session }: { run: RunDetail; session: RunSession }) {
  const text = staffText()
  const words = staffCoursesText().cancelForm
  const page = `/staff/courses/runs/${run.id}`
  const form = useForm<{ reason: string }>({
    key: `cancel-session:${session.id}`,
    initial: () => ({ reason: '' }),
    check: ({ reason }) => (reason.trim() === '' ? { reason: staffText().problem.required } : {}),
    send: async ({ reason }) => {
      await cancelSession(session, reason.trim())
      sayDone(staffCoursesText().cancelForm.done)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <section class="page">
      <PageHeading>{words.title(sessionTitle(run.code, session))}</PageHeading>
      <p class="course-at">{sayWhen(session.starts_at, language.value, new Date())}</p>
      <p>{words.text}</p>
      <FormFrame form={form} labels={{ reason: words.reason }} summary={text.problem.summary} submit={words.submit} cancel={{ href: page, label: words.keep }}>
        <TextField
          id="reason"
          label={words.reason}
          hint={words.reasonHint}
          error={form.trouble.fields?.['reason']}
          value={form.values.reason}
          inputAttributes={{ maxLength: 300 }}
          onInput={(value) => form.set('reason', value)}
        />
      </FormFrame>
    </section>
  )
}
