import { signal } from '@preact/signals'
import { me } from '../../api/staff'
import {
  type CallRow,
  type CloserRow,
  listCloser,
  listMissed,
  listUnreached,
  listWishes,
  type MissedRow,
  type UnreachedRow,
  type WishRow,
  written,
} from '../../api/staffMissed'
import { explain } from '../../api/staffProblems'
import { missedText } from '../../text/missed'
import { staffText } from '../../text/staff'
import { LoadState } from '../../ui/LoadState'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import type { CallPlace } from './CallSteps'
import { CloserEntry } from './CloserEntry'
import { MissedEntry } from './MissedEntry'
import { byDay } from './outcome'
import { UnreachedEntry } from './UnreachedEntry'
import { WishEntry } from './WishEntry'

type Reload = CallPlace['reload']

/** Whose call is being written down; it stays open while a new appointment is made on another page. */
const open = signal<string | null>(null)

/** Who has to be called: before an appointment that no reminder told of, and after a missed one. */
export function MissedPage() {
  const text = staffText()
  const words = missedText()
  const found = useResource('calls', written.value, fetchCalls)
  const reload = async () => {
    const now = await found.reload()
    return now && [...now.closer, ...now.wishes, ...now.unreached, ...now.missed]
  }
  return (
    <section class="page missed-page">
      <PageHeading>{words.page}</PageHeading>
      {found.data ? (
        <>
          <Closer rows={found.data.closer} reload={reload} />
          <Wished rows={found.data.wishes} reload={reload} />
          <Unreached rows={found.data.unreached} reload={reload} />
          <Missed rows={found.data.missed} reload={reload} />
        </>
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

interface Calls {
  closer: CloserRow[]
  wishes: WishRow[]
  unreached: UnreachedRow[]
  missed: MissedRow[]
}

async function fetchCalls(): Promise<Calls> {
  const [closer, wishes, unreached, missed] = await Promise.all([listCloser(), listWishes(), listUnreached(), listMissed()])
  return { closer, wishes, unreached, missed }
}

function placeOf(row: CallRow, reload: Reload): CallPlace {
  return {
    ownId: me.value?.id ?? '',
    isOpen: open.value === row.id,
    onOpen: (wanted) => (open.value = wanted ? row.id : null),
    reload,
  }
}

/** Who told us first stands first; where it became hard for nobody, nothing stands here. */
function Closer({ rows, reload }: { rows: readonly CloserRow[]; reload: Reload }) {
  const { closer } = missedText()
  if (rows.length === 0) return null
  return (
    <>
      <h2>{closer.title}</h2>
      <p class="quiet">{closer.lead}</p>
      <ol class="missed" role="list">
        {rows.map((row) => (
          <CloserEntry key={row.id} row={row} {...placeOf(row, reload)} />
        ))}
      </ol>
    </>
  )
}

/** Who asked first stands first; where nobody asked, nothing stands here. */
function Wished({ rows, reload }: { rows: readonly WishRow[]; reload: Reload }) {
  const { wish } = missedText()
  if (rows.length === 0) return null
  return (
    <>
      <h2>{wish.title}</h2>
      <p class="quiet">{wish.lead}</p>
      <ol class="missed" role="list">
        {rows.map((row) => (
          <WishEntry key={row.id} row={row} {...placeOf(row, reload)} />
        ))}
      </ol>
    </>
  )
}

/** Whose appointment comes next stands first; where nobody is to be called, nothing stands here. */
function Unreached({ rows, reload }: { rows: readonly UnreachedRow[]; reload: Reload }) {
  const { unreached } = missedText()
  if (rows.length === 0) return null
  return (
    <>
      <h2>{unreached.title}</h2>
      <p class="quiet">{unreached.lead}</p>
      <ol class="missed" role="list">
        {rows.map((row) => (
          <UnreachedEntry key={row.id} row={row} {...placeOf(row, reload)} />
        ))}
      </ol>
    </>
  )
}

/** Who has waited longest stands first. */
function Missed({ rows, reload }: { rows: readonly MissedRow[]; reload: Reload }) {
  const words = missedText()
  const { due, later } = byDay(rows, new Date())
  const entries = (part: readonly MissedRow[]) => (
    <ol class="missed" role="list">
      {part.map((row) => (
        <MissedEntry key={row.id} row={row} {...placeOf(row, reload)} />
      ))}
    </ol>
  )
  return (
    <>
      <h2>{words.title}</h2>
      <p class="quiet">{words.lead}</p>
      {rows.length === 0 && <p class="empty">{words.empty}</p>}
      {rows.length > 0 && <h3>{words.now}</h3>}
      {rows.length > 0 && (due.length > 0 ? entries(due) : <p class="empty">{words.nowEmpty}</p>)}
      {later.length > 0 && <h3>{words.later}</h3>}
      {later.length > 0 && entries(later)}
    </>
  )
}
