import type { SheetRow } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { mayReturn, outcomeOf } from './sheet'

interface SheetRowsProps {
  rows: readonly SheetRow[]
  /** The lines that are to be booked again. */
  again: ReadonlySet<number>
  onAgain: (line: number, wanted: boolean) => void
}

/** Every row of a sheet as it stood in the file, and what becomes of it. */
export function SheetRows({ rows, again, onAgain }: SheetRowsProps) {
  const words = sheetsText().bring
  return (
    <div class="sheet-rows" tabIndex={0} role="region" aria-label={words.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} class={row.outcome === 'new' || again.has(row.line) ? undefined : 'sheet-row-left'}>
              <td>{row.line}</td>
              <td>
                {outcomeOf(row, words, again.has(row.line))}
                {mayReturn(row) && <Again row={row} isChosen={again.has(row.line)} onChange={(wanted) => onAgain(row.line, wanted)} />}
              </td>
              <td>
                {row.date} {row.time}
              </td>
              <td>{row.alias}</td>
              <td>{[row.kind, row.mode, row.place].filter(Boolean).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface AgainProps {
  row: SheetRow
  isChosen: boolean
  onChange: (wanted: boolean) => void
}

function Again({ row, isChosen, onChange }: AgainProps) {
  const words = sheetsText().bring
  return (
    <label class="sheet-again">
      <input type="checkbox" checked={isChosen} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {words.bookAgain}
        <span class="visually-hidden">{words.ofLine(row.line)}</span>
      </span>
    </label>
  )
}
