import type { ComponentChildren } from 'preact'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

interface FetchedProps<T> {
  /** What it is about; another subject begins anew. */
  subject: string
  /** Counts what may have changed it, for a page that follows. */
  version?: number
  load: () => Promise<T>
  children: (data: T) => ComponentChildren
}

/** Something from the server for a page about it, or what can be done while it is not there. */
export function Fetched<T>({ subject, version = 0, load, children }: FetchedProps<T>) {
  const text = staffText()
  const found = useResource(subject, version, load)
  if (found.data !== undefined) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}
