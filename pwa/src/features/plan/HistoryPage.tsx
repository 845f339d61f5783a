import { getHistory, type HistoryRow } from '../../api/plan.ts'
import { standing } from '../../offline/phone.ts'
import { planText } from '../../text/plan.ts'
import { Page } from '../../ui/Page.tsx'
import { useResource } from '../../ui/resource.ts'
import { whenWritten } from './BothStand.tsx'
import { authorOf } from './words.ts'

function Row({ row }: { row: HistoryRow }) {
  const words = planText.value
  return (
    <li class="history-row">
      <p class="own-words">
        {row.field === 'phone' && `${words.history.phone}: `}
        {row.value ?? words.history.removedWords}
      </p>
      <p class="quiet">
        {row.current && `${words.history.now} · `}
        {authorOf(row, words.by)}, {whenWritten(row.at)}
      </p>
    </li>
  )
}

function Rows({ lineId }: { lineId: string }) {
  const words = planText.value.history
  const found = useResource(lineId, 0, () => getHistory(lineId))
  if (!found.data) return <p role="status">{words.needsNet}</p>
  if (found.data.length === 0) return <p>{words.none}</p>
  return (
    <ul class="plain-list">
      {found.data.map((row) => (
        <Row key={`${row.field}:${row.version}`} row={row} />
      ))}
    </ul>
  )
}

/** Everything a line has said, newest first; fetched only when asked for. */
export function HistoryPage({ lineId }: { lineId: string }) {
  const words = planText.value
  return (
    <Page heading={words.history.heading}>
      <p>
        <a href={`/min-plan/linje/${lineId}`}>{words.line.heading}</a>
      </p>
      {standing.value === 'paired' ? <Rows lineId={lineId} /> : <p>{words.history.unpaired}</p>}
    </Page>
  )
}
