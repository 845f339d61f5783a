import { useState } from 'preact/hooks'
import { written } from '../../api/staff'
import { endPlace, getRun, type RosterLine, type RunDetail } from '../../api/staffCourses'
import type { Me } from '../../api/staffTypes'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { sayDone } from '../../ui/flash'
import { Notice } from '../../ui/Notice'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { explainCourse } from './explain'
import { Loaded } from './Loaded'
import { courseName, rhythmOf } from './names'
import { Roster } from './Roster'
import { Sessions } from './Sessions'
import './courses.scss'

export const isOver = ({ status }: Pick<RunDetail, 'status'>) => status === 'ended' || status === 'cancelled'

function Head({ run }: { run: RunDetail }) {
  const words = staffCoursesText()
  return (
    <>
      <p>
        {words.statuses[run.status]}. {rhythmOf(run)}
        {run.place && `, ${run.place}`}. {run.mine ? words.own : words.ledBy(run.leader_name)}.
      </p>
      <p class="quiet">
        {words.places(run.enrolled, run.seats)}
        {run.waiting > 0 && `, ${words.waitingCount(run.waiting)}`}.
      </p>
      {run.content_changed && <p class="quiet no-print">{words.run.contentChanged}</p>}
    </>
  )
}

/** Who gives up a place is asked about once, plainly. */
function EndPlace({ line, onClose }: { line: RosterLine; onClose: () => void }) {
  const words = staffCoursesText().run
  const [trouble, setTrouble] = useState('')
  const end = async () => {
    try {
      await endPlace(line.enrollment_id)
      sayDone(staffCoursesText().run.ended)
      onClose()
    } catch (error) {
      setTrouble(explainCourse(error).message ?? '')
    }
  }
  return (
    <Dialog open heading={words.endHeading(line.alias)} onClose={onClose}>
      <p>{words.endText}</p>
      {trouble && (
        <Notice>
          <p>{trouble}</p>
        </Notice>
      )}
      <div class="button-row">
        <Button onClick={() => void end()}>{words.endYes}</Button>
        <Button kind="primary" onClick={onClose}>
          {words.endNo}
        </Button>
      </div>
    </Dialog>
  )
}

/** Why the list may be shorter than the number of people. */
function whoIsSeen(run: RunDetail, me: Me): string | null {
  const words = staffCoursesText().run
  if (run.mine || run.enrolled + run.waiting === 0) return null
  return me.roles.includes('manager') && run.roster.length === 0 ? words.managerNone : words.onlyOwn
}

function People({ run, me }: { run: RunDetail; me: Me }) {
  const words = staffCoursesText().run
  const [leaving, setLeaving] = useState<RosterLine | null>(null)
  const seen = whoIsSeen(run, me)
  return (
    <>
      <section>
        <h2>{words.roster}</h2>
        {seen && <p class="quiet">{seen}</p>}
        {run.roster.length === 0 && !seen && <p class="empty">{words.rosterNone}</p>}
        {run.roster.length > 0 && (
          <>
            <Roster run={run} lines={run.roster} onEnd={isOver(run) ? null : setLeaving} />
            <p class="quiet course-legend" aria-hidden="true">
              {words.legend}
            </p>
          </>
        )}
      </section>
      <section>
        <h2>{words.waiting}</h2>
        {run.waiting === 0 ? <p class="empty">{words.waitingNone}</p> : <p class="quiet no-print">{words.waitingHint}</p>}
        {run.waiting_list.length > 0 && <Roster run={run} lines={run.waiting_list} onEnd={isOver(run) ? null : setLeaving} isWaiting />}
      </section>
      {leaving && <EndPlace line={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function Whole({ run, me }: { run: RunDetail; me: Me }) {
  const words = staffCoursesText().run
  const mayEnrol = !isOver(run) && run.mine
  return (
    <>
      <div class="section-top">
        <PageHeading>{courseName(run.code)}</PageHeading>
        <span class="button-row no-print">
          {mayEnrol && (
            <a class="button button-primary" href={`/staff/courses/runs/${run.id}/enrol`}>
              {words.enrol}
            </a>
          )}
          <Button onClick={() => print()}>{words.print}</Button>
        </span>
      </div>
      <Head run={run} />
      <Sessions run={run} />
      <People run={run} me={me} />
      <p class="course-ways no-print">
        {run.mine && !isOver(run) && <a href={`/staff/courses/runs/${run.id}/change`}>{words.change}</a>}
        {me.roles.includes('manager') && !isOver(run) && <a href={`/staff/courses/runs/${run.id}/hand-over`}>{words.handOver}</a>}
        <a href="/staff/courses/agreements">{staffCoursesText().agreements}</a>
      </p>
      <p class="quiet no-print">{words.printNote}</p>
    </>
  )
}

/** One group: its times, who has a place, who waits, and the ways to all that can be done about it. */
export function RunPage({ runId, me }: { runId: string; me: Me }) {
  const found = useResource(`run:${runId}`, written.value, () => getRun(runId))
  return (
    <section class="page page-wide course-run">
      <p class="no-print">
        <a href="/staff/courses">{staffCoursesText().back}</a>
      </p>
      <Loaded found={found}>{(run) => <Whole run={run} me={me} />}</Loaded>
    </section>
  )
}
