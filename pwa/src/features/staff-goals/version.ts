import { useRef } from 'preact/hooks'
import { getGoal, type WholeGoal } from '../../api/staffGoals'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffGoalsText } from '../../text/staffGoals'
import type { Trouble } from '../../ui/form'

/** After a colleague's change it is said, and the newest version is what the next try builds on. */
export function useVersion(goal: WholeGoal) {
  const version = useRef(goal.version)
  const explainStale = async (error: unknown): Promise<Trouble> => {
    const found = explain(error, staffText())
    if (!found.stale) return found
    version.current = (await getGoal(goal.id)).goal.version
    return { message: staffGoalsText().changed }
  }
  return { version, explainStale }
}
