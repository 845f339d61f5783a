import type { SheetRow } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { outcomeOf } from './sheet'

/** Every row of a sheet as it stood in the file, and what becomes of it. */
export function SheetRows({ rows }: { rows: readonly SheetRow[] }) {
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
            <tr key={row.line} class={row.outcome === 'new' ? undefined : 'sheet-row-left'}>
              <td>{row.line}</td>
              <td>{outcomeOf(row, words)}</td>
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
