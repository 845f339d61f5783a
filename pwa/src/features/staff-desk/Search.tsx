import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { type DeskChannel, type Found, searchPerson, type SearchAnswer, type SearchKind } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ChoiceGroup } from '../../ui/Choices'
import { TextField } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { navigate } from '../../ui/routing'
import { guessKind } from './guess'
import { away, find, isDown, start } from './held'
import { showPlanAtOnce } from './planning'

const KINDS: readonly SearchKind[] = ['phone', 'cpr', 'code', 'alias']

interface Answer {
  by: SearchKind
  answer: SearchAnswer | null
  trouble?: string
}

function troubleOf(error: unknown): string {
  const words = deskText()
  if (isDown(error)) return words.away.plan
  if (error instanceof ApiProblem && error.status === 422) return words.search.wrong
  return explain(error, staffText()).message ?? words.search.wrong
}

/** Opens a contact here at once; the server hears of it in the background. */
export function openAndGo(found: Found | null, by: SearchKind | null, channel: DeskChannel = 'phone'): void {
  const contact = start(found, by, channel)
  if (found?.sharing) showPlanAtOnce(contact.id)
  navigate(`/staff/desk/contacts/${contact.id}`)
}

/** One field for whatever the caller can say; what kind it is, is guessed and can be changed. */
export function Search() {
  const words = deskText().search
  const [value, setValue] = useState('')
  const [chosen, setChosen] = useState<SearchKind | null>(null)
  const [busy, setBusy] = useState(false)
  const [last, setLast] = useState<Answer | null>(null)
  const by = chosen ?? guessKind(value)
  const look = async () => {
    if (busy) return
    if (!value.trim()) return setLast({ by, answer: null, trouble: words.empty })
    setBusy(true)
    const found = await searchPerson(by, value.trim()).then(
      (answer): Answer => ({ by, answer }),
      (error: unknown): Answer => ({ by, answer: null, trouble: troubleOf(error) }),
    )
    setBusy(false)
    setLast(found)
  }
  return (
    <section class="desk-search">
      <form
        class="staff-form"
        role="search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <TextField
          id="desk-search"
          label={words.label}
          hint={words.hint}
          value={value}
          inputAttributes={{ autocapitalize: 'off', spellcheck: false, maxLength: 120 }}
          onInput={(typed) => {
            setValue(typed)
            setLast(null)
            if (!typed) setChosen(null)
          }}
        />
        <ChoiceGroup
          id="desk-by"
          label={words.by}
          options={KINDS.map((kind) => [kind, words.kinds[kind]])}
          chosen={[by]}
          onChange={([kind]) => setChosen((kind as SearchKind | undefined) ?? null)}
        />
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy}>
            {words.submit}
          </Button>
          <Button onClick={() => openAndGo(null, null)}>{words.anonymous}</Button>
        </div>
      </form>
      <div role="status">{last && <Said last={last} />}</div>
    </section>
  )
}

function Said({ last: { by, answer, trouble } }: { last: Answer }) {
  const words = deskText().search
  if (trouble) return <Notice role="note">{<p>{trouble}</p>}</Notice>
  if (answer?.found) return <FoundPerson found={answer.found} by={by} />
  return (
    <Notice role="note">
      <p>{answer?.ambiguous ? words.ambiguous : words.none}</p>
    </Notice>
  )
}

/** The second action: whoever found somebody by keyboard is already on the button. */
function FoundPerson({ found, by }: { found: Found; by: SearchKind }) {
  const words = deskText().search
  useEffect(() => document.getElementById('desk-open')?.focus(), [found.citizen_id])
  const page = `/staff/desk/contacts/${found.contact_open}`
  // Only who opened a contact can open the plan in it: a colleague's must not stand in the way of this call.
  const isMine = found.contact_open !== null && find(found.contact_open)?.mine === true
  return (
    <div class="card desk-found">
      <h2>{found.alias}</h2>
      <p>{found.sharing ? words.shares : words.sharesNot}</p>
      {away.value && <p>{deskText().away.plan}</p>}
      <Button id="desk-open" kind="primary" onClick={() => (isMine ? navigate(page) : openAndGo(found, by))}>
        {isMine ? words.goOn : found.sharing ? words.openBoth : words.openOnly}
      </Button>
      {found.contact_open && !isMine && (
        <p>
          <a class="way-out" href={page}>
            {words.theirs}
          </a>
        </p>
      )}
    </div>
  )
}
