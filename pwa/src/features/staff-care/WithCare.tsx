import type { ComponentChildren } from 'preact'
import { type CareAtCentre, getCarePlan } from '../../api/staffCare'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

interface WithCareProps {
  citizenId: string
  /** What counts the writes, for a page that follows them; a form is not reset. */
  version?: number
  children: (plan: CareAtCentre) => ComponentChildren
}

/** Fetches what was agreed with a person, for a page about it. */
export function WithCare({ citizenId, version = 0, children }: WithCareProps) {
  const text = staffText()
  const found = useResource(`care:${citizenId}`, version, () => getCarePlan(citizenId))
  if (found.data) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}
