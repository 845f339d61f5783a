import { listUnsaid, written } from '../../api/staffDiary'
import { explain } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { weekText } from '../../text/week'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { DayEntry } from './DayEntry'

/** Appointments that have begun without anybody having said how it went, the oldest first. */
export function UnsaidPage() {
  const text = staffText()
  const words = weekText()
  const found = useResource('unsaid', written.value, listUnsaid)
  return (
    <section class="page day-page">
      <PageHeading>{words.unsaid}</PageHeading>
      <p class="quiet">{words.unsaidLead}</p>
      {found.data?.length === 0 && <p class="empty">{words.unsaidNone}</p>}
      {found.data ? (
        <ol class="appointments day" role="list">
          {found.data.map((one) => (
            <DayEntry key={one.id} one={one} withDay />
          ))}
        </ol>
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
    </section>
  )
}
