import { signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { listCaseload, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { CaseloadRow, Role } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { OwnGauge } from '../staff-gauge/OwnGauge'
import { CaseloadEntry } from './CaseloadEntry'
import { FindMore } from './FindMore'
import { byAlias, matching } from './rows'

const ALL = Number.POSITIVE_INFINITY

/** What was searched for stays while one looks at a person; it is never part of an address. */
const search = signal('')

/** Fetches as many pages as have been asked for, in order. */
async function fetchPages(pages: number): Promise<{ rows: CaseloadRow[]; more: boolean }> {
  const rows: CaseloadRow[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const answer = await listCaseload(cursor)
    rows.push(...answer.items)
    cursor = answer.next_cursor
    if (cursor === null) break
  }
  // In order once everybody is here; until then a later page would move those already read.
  return cursor === null ? { rows: byAlias(rows), more: false } : { rows, more: true }
}

/** Up and down go from person to person, beginning in the search field. */
function moveBetweenRows(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || !box) return
  const stops = [...box.querySelectorAll<HTMLElement>('input[type=search], .row-link')]
  const here = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[here + step]
  if (here < 0 || !next) return
  event.preventDefault()
  next.focus()
}

interface CaseloadProps {
  chosen: string | null
  roles: readonly Role[]
}

/** Everybody whom this member of staff may see, searched by alias. */
export function Caseload({ chosen, roles }: CaseloadProps) {
  const text = staffText()
  const box = useRef<HTMLElement>(null)
  const [pages, setPages] = useState(1)
  const typed = search.value
  const wanted = typed.trim() ? ALL : pages
  const found = useResource('caseload', `${written.value}/${wanted}`, () => fetchPages(wanted))
  return (
    <section
      class="caseload"
      aria-label={text.caseload.title}
      ref={box}
      onKeyDown={(event) => moveBetweenRows(event, box.current)}
    >
      <div class="caseload-top">
        <TextField
          id="search"
          type="search"
          label={text.caseload.search}
          value={typed}
          onInput={(value) => {
            search.value = value
          }}
        />
        {roles.includes('counsellor') && (
          <a class="button button-primary" href="/staff/new">
            {text.caseload.newPerson}
          </a>
        )}
      </div>
      {roles.includes('counsellor') && <OwnGauge />}
      {found.data ? (
        <Rows rows={matching(found.data.rows, typed)} search={typed.trim()} chosen={chosen} isManager={roles.includes('manager')} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
      {roles.includes('counsellor') && typed.trim() && <FindMore typed={typed.trim()} />}
      {found.data?.more && !typed.trim() && <Button onClick={() => setPages(pages + 1)}>{text.caseload.more}</Button>}
    </section>
  )
}

interface RowsProps {
  rows: CaseloadRow[]
  search: string
  chosen: string | null
  isManager: boolean
}

function Rows({ rows, search, chosen, isManager }: RowsProps) {
  const text = staffText()
  if (rows.length === 0) {
    return <p class="empty">{search ? text.caseload.noMatch(search) : isManager ? text.caseload.emptyManager : text.caseload.empty}</p>
  }
  return (
    <ul class="rows" role="list">
      {rows.map((row) => (
        <CaseloadEntry key={row.id} row={row} chosen={row.id === chosen} isManager={isManager} />
      ))}
    </ul>
  )
}
