import type { ComponentChildren } from 'preact'
import { getRun, type RunDetail, type RunSession } from '../../api/staffCourses'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { type Resource, useResource } from '../../ui/resource'

/** What was fetched, or what stands in its place until then. */
export function Loaded<T>({ found, children }: { found: Resource<T>; children: (data: T) => ComponentChildren }) {
  const text = staffText()
  if (found.data !== undefined) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? (explain(found.error, text).message ?? text.problem.other) : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}

/** Fetches a run once for a page that changes something about it; a form under it is not reset. */
export function WithRun({ runId, children }: { runId: string; children: (run: RunDetail) => ComponentChildren }) {
  return <Loaded found={useResource(`run:${runId}`, 0, () => getRun(runId))}>{children}</Loaded>
}

interface WithSessionProps {
  runId: string
  sessionId: string
  children: (run: RunDetail, session: RunSession) => ComponentChildren
}

/** The same for one session of a run. */
export function WithSession({ runId, sessionId, children }: WithSessionProps) {
  return (
    <WithRun runId={runId}>
      {(run) => {
        const session = run.sessions.find((each) => each.id === sessionId)
        return session ? children(run, session) : <p class="empty">{staffText().problem.gone}</p>
      }}
    </WithRun>
  )
}
