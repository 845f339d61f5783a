import { written } from '../../api/staff'
import { getLine } from '../../api/staffGoals'
import { staffGoalsText } from '../../text/staffGoals'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { Lines } from '../staff-timeline/Lines'
import { fetchNames } from './lineNames'

/** What belongs to one goal in order of time: appointments, groups, exercises and what is shared. */
export function LinePage({ citizenId, goalId }: { citizenId: string; goalId: string }) {
  const words = staffGoalsText()
  const names = useResource('line-names', 0, fetchNames)
  return (
    <section class="page">
      <p class="way-back">
        <a href={`/staff/people/${citizenId}/goals/${goalId}`}>{words.toGoal}</a>
      </p>
      <PageHeading>{words.line.title}</PageHeading>
      <p class="quiet">{words.line.lead}</p>
      <Lines subject={`goal:${goalId}`} version={written.value} names={names.data} load={(cursor) => getLine(goalId, cursor)} />
    </section>
  )
}
