import { useEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../../api/staffProblems'
import { bookSheet, previewSheet, type SheetPreview } from '../../api/staffSheets'
import { sheetsText } from '../../text/sheets'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ErrorSummary } from '../../ui/ErrorSummary'
import { sayDone } from '../../ui/flash'
import { doneWords, faultsOf, LONGEST_FILE, toBase64, TooLarge } from './sheet'
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
  const book = async ({ file, preview }: Looked) => {
    setBusy('booking')
    try {
      sayDone(doneWords(await bookSheet(file, preview.digest), words))
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
      {looked && <Preview looked={looked} busy={busy === 'booking'} onBook={() => void book(looked)} />}
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

function Preview({ looked, busy, onBook }: { looked: Looked; busy: boolean; onBook: () => void }) {
  const words = sheetsText().bring
  const { new: fresh, rows } = looked.preview
  const top = useRef<HTMLParagraphElement>(null)
  useEffect(() => top.current?.focus(), [looked])
  const others = rows.length - fresh
  return (
    <>
      <p tabIndex={-1} ref={top}>
        <strong>{fresh > 0 ? words.result(fresh) : words.none}</strong> {others > 0 && words.others(others)}
      </p>
      {fresh > 0 && (
        <div class="form-actions">
          <Button kind="primary" busy={busy} onClick={onBook}>
            {busy ? words.booking : words.book(fresh)}
          </Button>
        </div>
      )}
      <SheetRows rows={rows} />
    </>
  )
}
