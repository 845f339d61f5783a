import { useEffect, useRef, useState } from 'preact/hooks'
import { listCaseload, written } from '../../api/staff'
import { explain } from '../../api/staffProblems'
import type { CaseloadRow } from '../../api/staffTypes'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { LoadState } from '../../ui/LoadState'
import { useResource } from '../../ui/resource'
import { CaseloadEntry } from './CaseloadEntry'

const PAUSE_MS = 200
let lastSearch = ''

/** Waits until somebody stops typing before it asks. */
function useSearch(): [typed: string, asked: string, setTyped: (text: string) => void] {
  const [typed, setTyped] = useState(lastSearch)
  const [asked, setAsked] = useState(lastSearch)
  useEffect(() => {
    lastSearch = typed
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return [typed, asked, setTyped]
}

/** Fetches as many pages as have been asked for, in order. */
async function fetchPages(q: string, pages: number): Promise<{ rows: CaseloadRow[]; more: boolean }> {
  const rows: CaseloadRow[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const answer = await listCaseload(cursor === null ? { q } : { q, cursor })
    rows.push(...answer.items)
    cursor = answer.next_cursor
    if (cursor === null) break
  }
  return { rows, more: cursor !== null }
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

/** Everybody whom this member of staff may see, searched by alias. */
export function Caseload({ chosen, isManager }: { chosen: string | null; isManager: boolean }) {
  const text = staffText()
  const box = useRef<HTMLElement>(null)
  const [typed, asked, setTyped] = useSearch()
  const [pages, setPages] = useState(1)
  const found = useResource(`caseload:${asked}`, written.value * 1000 + pages, () => fetchPages(asked, pages))
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
            setPages(1)
            setTyped(value)
          }}
        />
        <a class="button button-primary" href="/staff/new">
          {text.caseload.newPerson}
        </a>
      </div>
      {found.data ? (
        <Rows rows={found.data.rows} search={asked} chosen={chosen} isManager={isManager} />
      ) : (
        <LoadState
          loading={text.loading}
          trouble={found.error ? explain(found.error, text).message : undefined}
          retry={{ label: text.problem.retry, act: found.reload }}
        />
      )}
      {found.data?.more && <Button onClick={() => setPages(pages + 1)}>{text.caseload.more}</Button>}
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
    return <p class="empty">{search ? text.caseload.noMatch(search) : text.caseload.empty}</p>
  }
  return (
    <ul class="rows" role="list">
      {rows.map((row) => (
        <CaseloadEntry key={row.id} row={row} chosen={row.id === chosen} isManager={isManager} />
      ))}
    </ul>
  )
}
