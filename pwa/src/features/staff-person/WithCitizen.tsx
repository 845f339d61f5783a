import type { ComponentChildren } from 'preact'
import { getCitizen } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { Citizen } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'

interface WithCitizenProps {
  citizenId: string
  children: (citizen: Citizen) => ComponentChildren
}

/** Fetches the person once for a page that changes something about them; a form under it is not reset. */
export function WithCitizen({ citizenId, children }: WithCitizenProps) {
  const text = staffText()
  const found = useResource(`citizen:${citizenId}`, 0, () => getCitizen(citizenId))
  if (found.data) return <>{children(found.data)}</>
  return (
    <LoadState
      loading={text.loading}
      trouble={found.error ? explain(found.error, text).message : undefined}
      retry={{ label: text.problem.retry, act: found.reload }}
    />
  )
}
