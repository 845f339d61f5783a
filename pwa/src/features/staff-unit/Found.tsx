import type { ComponentChildren } from 'preact'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { Notice } from '../../ui/Notice'
import { useResource } from '../../ui/resource'

interface FoundProps<T> {
  subject: string
  /** Looks one thing up; undefined when it is not there (any more). */
  find: () => Promise<T | undefined>
  children: (found: T) => ComponentChildren
}

/** One thing that a page is about, fetched once. */
export function Found<T>({ subject, find, children }: FoundProps<T>) {
  const text = staffText()
  const answer = useResource(subject, 0, async () => ({ found: await find() }))
  if (answer.data?.found) return <>{children(answer.data.found)}</>
  if (answer.data) return <Notice>{text.problem.gone}</Notice>
  return (
    <LoadState
      loading={text.loading}
      trouble={answer.error ? explain(answer.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: answer.reload }}
    />
  )
}
