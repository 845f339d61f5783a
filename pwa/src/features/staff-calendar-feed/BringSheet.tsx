import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import { bookSheet, previewSheet, type SheetPreview } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ErrorSummary } from '../../ui/ErrorSummary'
import { sayDone } from '../../ui/flash'
import { doneWords, faultsOf, LONGEST_FILE, mayReturn, toBase64, TooLarge } from './sheet'
import { SheetRows } from './SheetRows'

interface Looked {
  file: string
  preview: SheetPreview
}

/** What went wrong, in sentences; the number of the try makes the summary take the focus each time. */
interface Faults {
  attempt: number
  sentences: readonly string[]
}

const NO_FAULTS: Faults = { attempt: 0, sentences: [] }
const NONE: ReadonlySet<number> = new Set()

async function lookThrough(chosen: File): Promise<Looked> {
  if (chosen.size > LONGEST_FILE) throw new TooLarge()
  const file = toBase64(new Uint8Array(await chosen.arrayBuffer()))
  return { file, preview: await previewSheet(file) }
}

/** A sheet of appointments: looked through first, booked only as it was shown. */
export function BringSheet() {
  const words = sheetsText().bring
  const [looked, setLooked] = useState<Looked | null>(null)
  const [busy, setBusy] = useState<'looking' | 'booking' | null>(null)
  const [faults, setFaults] = useState<Faults>(NO_FAULTS)
  const fail = (error: unknown) => {
    const known = faultsOf(error, words)
    const sentences = known.length > 0 ? known : [explain(error, staffText()).message ?? words.problem.unreadable]
    setFaults(({ attempt }) => ({ attempt: attempt + 1, sentences }))
    return known.length > 0
  }
  const look = async (chosen: File) => {
    setBusy('looking')
    try {
      setLooked(await lookThrough(chosen))
      setFaults(NO_FAULTS)
    } catch (error) {
      setLooked(null)
      fail(error)
    }
    setBusy(null)
  }
  const book = async ({ file, preview }: Looked, again: ReadonlySet<number>) => {
    setBusy('booking')
    try {
      sayDone(doneWords(await bookSheet(file, preview.digest, [...again]), words))
      setLooked(null)
      setFaults(NO_FAULTS)
    } catch (error) {
      // What was shown does not hold any more: show what holds now.
      if (fail(error)) setLooked(await previewSheet(file).then((preview) => ({ file, preview }), () => null))
    }
    setBusy(null)
  }
  return (
    <section>
      <h2>{words.heading}</h2>
      <p>
        {words.how} <strong>{words.columns}</strong>.
      </p>
      <p>{words.first}</p>
      <ErrorSummary
        key={faults.attempt}
        heading={words.problem.heading}
        errors={faults.sentences.map((message) => ({ message }))}
      />
      <ChooseFile isFirst={looked === null} onChoose={(file) => void look(file)} />
      <p role="status">{busy === 'looking' && words.looking}</p>
      {looked && <Preview key={looked.file} looked={looked} busy={busy === 'booking'} onBook={(again) => void book(looked, again)} />}
    </section>
  )
}

function ChooseFile({ isFirst, onChoose }: { isFirst: boolean; onChoose: (file: File) => void }) {
  const words = sheetsText().bring
  return (
    <div class="sheet-file">
      <input
        id="sheet"
        type="file"
        accept=".csv,text/csv"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          if (chosen) onChoose(chosen)
          // The same file can be chosen again once it was mended.
          event.currentTarget.value = ''
        }}
      />
      <label class="button button-secondary" for="sheet">
        {isFirst ? words.file : words.again}
      </label>
    </div>
  )
}

interface PreviewProps {
  looked: Looked
  busy: boolean
  onBook: (again: ReadonlySet<number>) => void
}

function Preview({ looked, busy, onBook }: PreviewProps) {
  const words = sheetsText().bring
  const { new: fresh, rows } = looked.preview
  const [chosen, setChosen] = useState(NONE)
  const top = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => top.current?.focus(), [looked])
  const returning = rows.filter(mayReturn)
  // What was chosen stays chosen when the list is shown anew, as long as it can be.
  const again = new Set(returning.map((row) => row.line).filter((line) => chosen.has(line)))
  const count = fresh + again.size
  const others = rows.length - count
  const choose = (line: number, wanted: boolean) =>
    setChosen(new Set([...again].filter((one) => one !== line).concat(wanted ? [line] : [])))
  return (
    <>
      <p tabIndex={-1} ref={top}>
        <strong>{count > 0 ? words.result(count) : words.none}</strong> {others > 0 && words.others(others)}{' '}
        {returning.length > 0 && words.mayReturn(returning.length)}
      </p>
      {count > 0 && (
        <div class="form-actions">
          <Button kind="primary" busy={busy} onClick={() => onBook(again)}>
            {busy ? words.booking : words.book(count)}
          </Button>
        </div>
      )}
      <SheetRows rows={rows} again={again} onAgain={choose} />
    </>
  )
}
