import { ApiProblem } from '../../api/client'
import type { SheetColumn, SheetRow } from '../../api/staffSheets'
import type { SheetsText } from '../../text/sheets'

export const LONGEST_FILE = 2 * 1024 * 1024
const STEP = 0x8000

/** The chosen file is larger than any sheet; it is not even sent. */
export class TooLarge extends Error {}

type Words = SheetsText['bring']

/** The bytes of a file as the server takes them. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(text)
}

function isColumn(name: string, words: Words): name is SheetColumn {
  return name in words.cells
}

function named(columns: readonly string[], words: Words): string {
  return columns.map((name) => (isColumn(name, words) ? words.cells[name] : name.trim() || words.problem.unnamed)).join(', ')
}

/** The numbers of the lines that the server names in its sentences. */
function linesIn(sentences: readonly string[]): string {
  return sentences.flatMap((one) => one.match(/\d+/g) ?? []).join(', ')
}

/** What is wrong with a file as a whole, in sentences; none when the trouble is another one. */
export function faultsOf(error: unknown, words: Words): string[] {
  if (error instanceof TooLarge) return [words.problem.large]
  if (!(error instanceof ApiProblem)) return []
  if (error.status === 413) return [words.problem.large]
  if (error.code === 'import-changed') return [words.problem.changed]
  if (error.code === 'double-booked') return [words.problem.taken]
  const { fields } = error
  return [
    ...(fields['again'] ? [words.problem.notAgain(linesIn(fields['again']))] : []),
    ...(fields['columns.missing'] ? [words.problem.missing(named(fields['columns.missing'], words))] : []),
    ...(fields['columns.extra'] ? [words.problem.extra(named(fields['columns.extra'], words))] : []),
    ...(fields['columns.doubled'] ? [words.problem.doubled(named(fields['columns.doubled'], words))] : []),
    ...(fields['rows.none'] ? [words.problem.none] : []),
    ...(fields['rows.many'] ? [words.problem.many] : []),
    ...(fields['file'] || fields['file.encoding'] || fields['file.shape'] ? [words.problem.unreadable] : []),
  ]
}

/** What was done with a sheet, in words; a confirmation whose answer was lost books nothing twice. */
export function doneWords({ booked, already = false }: { booked: number; already?: boolean }, words: Words): string {
  return already ? words.already : words.done(booked)
}

/** Whether a row can be booked again although it was moved or cancelled since. */
export function mayReturn(row: Pick<SheetRow, 'outcome'>): row is { outcome: 'was-moved' | 'was-cancelled' } {
  return row.outcome === 'was-moved' || row.outcome === 'was-cancelled'
}

/** What becomes of a row, in words. */
export function outcomeOf(row: Pick<SheetRow, 'outcome' | 'column'>, words: Words, isAgain = false): string {
  if (isAgain) return words.outcomes.new
  if (row.outcome === 'bad-cell' && row.column) return words.badCell(words.cells[row.column])
  return words.outcomes[row.outcome]
}
