import { written } from '../../api/staff'
import { getLine } from '../../api/staffGoals'
import { staffGoalsText } from '../../text/staffGoals'
import { PageHeading } from '../../ui/PageHeading'
import { Lines } from '../staff-timeline/Lines'

/** What belongs to one goal in order of time: appointments, shared check-ins, and what happened. */
export function LinePage({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  const words = staffGoalsText()
  return (
    <section class="page">
      <p>
        <a href={`/staff/people/${citizenId}/goals/${goalId}`}>{words.toGoal}</a>
      </p>
      <PageHeading>{words.line.title}</PageHeading>
      <p class="quiet">{words.line.lead}</p>
      <Lines subject={`goal:${goalId}`} version={written.value} load={(cursor) => getLine(goalId, cursor)} />
    </section>
  )
}
