import { useState } from 'preact/hooks'
import { written } from '../../api/staff'
import { listRuns, type Run, type RunPage } from '../../api/staffCourses'
import type { Me } from '../../api/staffTypes'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { sayWhen } from '../../ui/days'
import { Button } from '../../ui/Button'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { explainCourse } from './explain'
import { Loaded } from './Loaded'
import { courseName, coursesAt } from './names'
import './courses.scss'

const isOver = ({ status }: Run) => status === 'ended' || status === 'cancelled'

function Entry({ run }: { run: Run }) {
  const words = staffCoursesText()
  return (
    <li>
      <a href={`/staff/courses/runs/${run.id}`}>
        <strong>{courseName(run.code)}</strong>
        <span class="visually-hidden">, {run.mine ? words.own : words.ledBy(run.leader_name)}</span>
      </a>
      <span>{run.next ? words.next(sayWhen(run.next.starts_at, language.value, new Date())) : words.noNext}</span>
      <span class="quiet">
        {words.places(run.enrolled, run.seats)}
        {run.waiting > 0 && `, ${words.waitingCount(run.waiting)}`}
      </span>
      <span class="quiet">
        {words.statuses[run.status]}. {run.mine ? words.own : words.ledBy(run.leader_name)}
      </span>
    </li>
  )
}

function Runs({ page, mayPlan }: { page: RunPage; mayPlan: boolean }) {
  const words = staffCoursesText()
  const { items } = page
  const [older, setOlder] = useState<RunPage>({ items: [], next_after: page.next_after })
  const [trouble, setTrouble] = useState('')
  const after = older.next_after
  const more = async (from: string) => {
    try {
      const next = await listRuns(from)
      setOlder({ items: [...older.items, ...next.items], next_after: next.next_after })
      setTrouble('')
    } catch (error) {
      setTrouble(explainCourse(error).message ?? '')
    }
  }
  const over = [...items.filter(isOver), ...older.items]
  const open = items.filter((run) => !isOver(run))
  return (
    <>
      {items.length === 0 && <p class="empty">{mayPlan ? words.none : words.noneYours}</p>}
      <ul class="people" role="list">
        {[...open.filter((run) => run.mine), ...open.filter((run) => !run.mine)].map((run) => (
          <Entry key={run.id} run={run} />
        ))}
      </ul>
      {over.length > 0 && (
        <details class="more">
          <summary>{words.earlier}</summary>
          <ul class="people" role="list">
            {over.map((run) => (
              <Entry key={run.id} run={run} />
            ))}
          </ul>
          <p role="alert" class={trouble ? 'form-error-message' : 'said-nothing'}>
            {trouble}
          </p>
          {after && <Button onClick={() => void more(after)}>{words.moreEarlier}</Button>}
        </details>
      )}
    </>
  )
}

/** The unit's groups: the reader's own first, then what goes on and lies ahead. */
export function RunsPage({ me }: { me: Me }) {
  const words = staffCoursesText()
  const found = useResource('course-runs', written.value, () => listRuns())
  const isManager = me.roles.includes('manager')
  const mayPlan = me.roles.includes('course-leader') && coursesAt(me.unit.slug, 'groups').length > 0
  const seesFeedback = isManager || me.roles.includes('course-leader')
  return (
    <section class="page page-wide">
      <div class="section-top">
        <PageHeading>{words.title}</PageHeading>
        {mayPlan && (
          <a class="button button-primary" href="/staff/courses/new">
            {words.plan}
          </a>
        )}
      </div>
      <p class="quiet">{words.lead}</p>
      <p class="course-ways">
        <a href="/staff/courses/agreements">{words.agreements}</a>
        {seesFeedback && <a href="/staff/courses/reports">{words.reports}</a>}
        {isManager && <a href="/staff/courses/settings">{words.settings}</a>}
      </p>
      <Loaded found={found}>{(page) => <Runs page={page} mayPlan={mayPlan} />}</Loaded>
    </section>
  )
}
