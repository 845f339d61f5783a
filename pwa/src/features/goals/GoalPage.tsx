import { text } from '../../text/text.ts'
import { pages } from './place.ts'

/** One goal in the person's own words: a new one, or one's own to change. */
export function GoalPage({ goalId }: { goalId: string | null }) {
  return <pages.Place heading={text.value.goals.heading}>{({ EditGoal }) => <EditGoal goalId={goalId} />}</pages.Place>
}
