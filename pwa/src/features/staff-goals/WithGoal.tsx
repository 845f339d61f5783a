import type { ComponentChildren } from 'preact'
import { getGoal, type GoalPage } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

interface WithGoalProps {
  goalId: string
  /** What counts the writes, for a page that follows them; a form is not reset. */
  version?: number
  children: (page: GoalPage) => ComponentChildren
}

/** Fetches a goal for a page about it. */
export function WithGoal({ goalId, version = 0, children }: WithGoalProps) {
  const text = staffText()
  const found = useResource(`goal:${goalId}`, version, () => getGoal(goalId))
  if (found.data) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}
