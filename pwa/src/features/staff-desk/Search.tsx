import { useLayoutEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../../api/client'
import { type DeskChannel, type Found, searchPerson, type SearchAnswer, type SearchKind } from '../../api/staffDesk'
import { explain } from '../../api/staffProblems'
import { deskText } from '../../text/desk'
import { staffText } from '../../text/staff'
import { Button } from '../../ui/Button'
import { ChoiceGroup } from '../../ui/Choices'
import { Checkbox, TextField } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { navigate } from '../../ui/routing'
import { guessKind } from './guess'
import { away, find, isDown, start } from './held'
import { showPlanAtOnce } from './planning'

const KINDS: readonly SearchKind[] = ['phone', 'cpr', 'code', 'alias']

interface Answer {
  by: SearchKind
  value: string
  /** Asked again after the person said yes aloud. */
  oralYes: boolean
  answer: SearchAnswer | null
  trouble?: string
}

function troubleOf(error: unknown): string {
  const words = deskText()
  if (isDown(error)) return words.away.plan
  if (error instanceof ApiProblem && error.status === 422) return words.search.wrong
  return explain(error, staffText()).message ?? words.search.wrong
}

/** Opens a contact here at once; the server hears of it in the background. With a yes the plan opens too. */
export function openAndGo(found: Found | null, by: SearchKind | null, channel: DeskChannel = 'phone', oralYes = false): void {
  const contact = start(found, by, channel)
  if (found?.sharing || oralYes) showPlanAtOnce(contact.id)
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
  const look = async (oralYes: boolean) => {
    if (busy) return
    const asked = { by, value: value.trim(), oralYes }
    if (!asked.value) return setLast({ ...asked, answer: null, trouble: words.empty })
    setBusy(true)
    const found = await searchPerson(by, asked.value, oralYes).then(
      (answer): Answer => ({ ...asked, answer }),
      (error: unknown): Answer => ({ ...asked, answer: null, trouble: troubleOf(error) }),
    )
    setBusy(false)
    if (oralYes && found.answer?.found) return openAndGo(found.answer.found, by, 'phone', true)
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
          void look(false)
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
      {last && mayBeAsked(last) && <SaysYes key={`${last.by} ${last.value}`} busy={busy} look={() => void look(true)} />}
    </section>
  )
}

/** Nobody was found by number, or may be seen: then a yes said aloud can help. */
function mayBeAsked({ by, answer, oralYes }: Answer): boolean {
  return answer !== null && !answer.found && !answer.ambiguous && !oralYes && (by === 'phone' || by === 'cpr')
}

/** One sentence is read aloud; with the tick the person is found, if there is anybody, and the plan opens. */
function SaysYes({ busy, look }: { busy: boolean; look: () => void }) {
  const { search: words, plan } = deskText()
  const [isYes, setYes] = useState(false)
  const [missing, setMissing] = useState(false)
  useLayoutEffect(() => document.getElementById('desk-aloud-yes')?.focus(), [])
  return (
    <form
      class="card desk-found"
      aria-labelledby="desk-aloud"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isYes) return setMissing(true)
        look()
      }}
    >
      <h2 id="desk-aloud">{words.aloud}</h2>
      <p class="quiet">{words.aloudLead}</p>
      <blockquote class="desk-aloud">{plan.sentence}</blockquote>
      <Checkbox
        id="desk-aloud-yes"
        label={plan.oralYes}
        checked={isYes}
        onChange={(checked) => {
          setYes(checked)
          setMissing(false)
        }}
      />
      <p role="status">{missing ? words.aloudMissing : ''}</p>
      <Button type="submit" kind="primary" busy={busy}>
        {words.aloudSubmit}
      </Button>
    </form>
  )
}

function Said({ last: { by, answer, trouble, oralYes } }: { last: Answer }) {
  const words = deskText().search
  if (trouble) return <Notice role="note">{<p>{trouble}</p>}</Notice>
  if (answer?.found) return <FoundPerson found={answer.found} by={by} />
  return (
    <Notice role="note">
      <p>{answer?.ambiguous ? words.ambiguous : oralYes ? words.noneAloud : words.none}</p>
    </Notice>
  )
}

/** The second action: whoever found somebody by keyboard is already on the button. */
function FoundPerson({ found, by }: { found: Found; by: SearchKind }) {
  const words = deskText().search
  useLayoutEffect(() => document.getElementById('desk-open')?.focus(), [found.citizen_id])
  const page = `/staff/desk/contacts/${found.contact_open}`
  // Only who opened a contact can open the plan in it: a colleague's must not stand in the way of this call.
  const isMine = found.contact_open !== null && find(found.contact_open)?.mine === true
  return (
    <div class="card desk-found">
      <h2>{found.alias}</h2>
      <p>{found.sharing ? words.shares : words.sharesNot}</p>
      {by === 'phone' && <p>{words.askAlias}</p>}
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
