import { signal } from '@preact/signals'
import { me } from '../../api/staff'
import { listMissed, type MissedRow, written } from '../../api/staffMissed'
import { explain } from '../../api/staffProblems'
import { missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { MissedEntry } from './MissedEntry'
import { byDay } from './outcome'

/** Whose call is being written down; it stays open while a new appointment is made on another page. */
const open = signal<string | null>(null)

/** Who has to be called about a missed talk, who has waited longest first. */
export function MissedPage() {
  const text = staffText()
  const words = missedText()
  const found = useResource('missed', written.value, listMissed)
  return (
    <section class="page missed-page">
      <PageHeading>{words.title}</PageHeading>
      <p class="quiet">{words.lead}</p>
      {found.data ? (
        <Lists rows={found.data} reload={found.reload} />
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

function Lists({ rows, reload }: { rows: readonly MissedRow[]; reload: () => Promise<readonly MissedRow[] | undefined> }) {
  const words = missedText()
  const { due, later } = byDay(rows, new Date())
  if (rows.length === 0) return <p class="empty">{words.empty}</p>
  const entries = (part: readonly MissedRow[]) => (
    <ol class="missed" role="list">
      {part.map((row) => (
        <MissedEntry
          key={row.id}
          row={row}
          ownId={me.value?.id ?? ''}
          isOpen={open.value === row.id}
          onOpen={(wanted) => (open.value = wanted ? row.id : null)}
          reload={reload}
        />
      ))}
    </ol>
  )
  return (
    <>
      <h2>{words.now}</h2>
      {due.length > 0 ? entries(due) : <p class="empty">{words.nowEmpty}</p>}
      {later.length > 0 && (
        <>
          <h2>{words.later}</h2>
          {entries(later)}
        </>
      )}
    </>
  )
}
