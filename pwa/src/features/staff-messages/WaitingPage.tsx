import { listWaiting, type WaitingRow, written } from '../../api/staffMessages'
import { explain } from '../../api/staffProblems'
import { language } from '../../text/language'
import { staffText } from '../../text/staff'
import { staffMessagesText } from '../../text/staffMessages'
import { sayWhen } from '../../ui/days'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import './messages.scss'

/** Who waits for an answer, the longest first: by the contact person or the stand-in. */
export function WaitingPage() {
  const text = staffText()
  const words = staffMessagesText()
  const found = useResource('waiting-messages', written.value, listWaiting)
  return (
    <section class="page messages-page">
      <PageHeading>{words.waitingTitle}</PageHeading>
      {found.data ? (
        <Rows rows={found.data} />
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

function Rows({ rows }: { rows: readonly WaitingRow[] }) {
  const words = staffMessagesText()
  if (rows.length === 0) return <p class="empty">{words.waitingEmpty}</p>
  return (
    <>
      <p class="quiet">{words.waitingLead}</p>
      <ol class="waiting" role="list">
        {rows.map((row) => (
          <li class="waiting-entry" key={row.citizen_id}>
            <h2>{row.opens ? <a href={`/staff/people/${row.citizen_id}/messages`}>{row.alias}</a> : row.alias}</h2>
            <p class="quiet">{words.since(sayWhen(row.waiting_since, language.value, new Date()))}</p>
            {!row.opens && <p>{words.notYours}</p>}
          </li>
        ))}
      </ol>
    </>
  )
}
