import { listColleagues } from '../../api/staff'
import { changeRun, type RunDetail } from '../../api/staffCourses'
import type { Colleague, Me } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { SelectField } from '../../ui/Choices'
import { sayDone } from '../../ui/flash'
import { useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { navigate } from '../../ui/routing'
import { useResource } from '../../ui/resource'
import { colleagueOptions } from '../staff-unit/choosing'
import { explainCourse } from './explain'
import { Loaded, WithRun } from './Loaded'
import { courseName } from './names'
import { othersWhoLead } from './planning'

/** A manager gives a group to another leader: somebody is ill, or has another job now. */
export function HandOver({ runId, me }: { runId: string; me: Me }) {
  const found = useResource('colleagues', 0, listColleagues)
  return (
    <WithRun runId={runId}>
      {(run) => <Loaded found={found}>{(colleagues) => <HandOverForm run={run} colleagues={colleagues} me={me} />}</Loaded>}
    </WithRun>
  )
}

function HandOverForm({ run, colleagues, me }: { run: RunDetail; colleagues: readonly Colleague[]; me: Me }) {
  const text = staffText()
  const words = staffCoursesText().handOver
  const page = `/staff/courses/runs/${run.id}`
  const leaders = othersWhoLead(colleagues, [run.leader_id, me.id])
  const form = useForm<{ leader_id: string }>({
    key: `hand-over:${run.id}`,
    initial: () => ({ leader_id: '' }),
    check: ({ leader_id }) => (leader_id === '' ? { leader_id: text.problem.required } : {}),
    send: async ({ leader_id }) => {
      await changeRun(run, { leader_id })
      sayDone(staffCoursesText().handOver.done)
      navigate(page, { replace: true })
    },
    explain: (error) => explainCourse(error, { leader_id: words.refused }),
  })
  return (
    <section class="page">
      <PageHeading>{words.title(courseName(run.code))}</PageHeading>
      <p>{words.lead(run.leader_name)}</p>
      {leaders.length === 0 ? (
        <>
          <p class="empty">{words.nobody}</p>
          <p>
            <a href={page}>{text.cancel}</a>
          </p>
        </>
      ) : (
        <FormFrame form={form} labels={{ leader_id: words.who }} summary={text.problem.summary} submit={words.submit} cancel={{ href: page, label: text.cancel }}>
          <SelectField
            id="leader_id"
            label={words.who}
            error={form.trouble.fields?.['leader_id']}
            options={colleagueOptions(leaders, text)}
            value={form.values.leader_id}
            onChange={(value) => form.set('leader_id', value)}
          />
        </FormFrame>
      )}
    </section>
  )
}
