import { useSignal } from '@preact/signals'
import { answers, eraseAnswer, isSeen, offer, putAnswer, type Answer } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { EraseForGood } from '../EraseForGood.tsx'
import { OfferOne } from '../OfferOne.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { whenWritten } from '../written.ts'
import { LONGEST, wordsIn } from './progress.ts'
import { earlierOf, exerciseOf, fieldsOf, labelOf, nameOf, newest } from './saved.ts'

const SHOWN = 20

function Row({ answer }: { answer: Answer }) {
  const words = exercisesText.value
  const said = answer.outcome === 'not-now' ? words.saved.notNow : answer.how !== null && words.end.hows[answer.how]
  return (
    <li>
      <a href={`/oevelser/svar/${answer.id}`}>
        <span class="exercise-item">
          <span class="exercise-name">{nameOf(answer)}</span>
          <span class="quiet">{[whenWritten(answer.at), said].filter(Boolean).join(' · ')}</span>
        </span>
      </a>
    </li>
  )
}

/** Everything that was kept, newest first. */
export function SavedPage() {
  const words = exercisesText.value
  const shown = useSignal(SHOWN)
  const all = newest()
  return (
    <Page heading={words.saved.heading}>
      <p>
        <a class="way-on" href="/oevelser">
          {words.all}
        </a>
      </p>
      <SaidHere />
      {all.length === 0 && <p>{words.saved.none}</p>}
      {all.length > 0 && (
        <ul class="link-list">
          {all.slice(0, shown.value).map((each) => (
            <Row key={each.id} answer={each} />
          ))}
        </ul>
      )}
      {all.length > shown.value && <Button onClick={() => (shown.value += SHOWN)}>{words.saved.older}</Button>}
    </Page>
  )
}

function Words({ answer }: { answer: Answer }) {
  const words = exercisesText.value
  return (
    <>
      <p class="quiet">{whenWritten(answer.at)}</p>
      {answer.outcome === 'not-now' && <p>{words.given.notNow}</p>}
      <dl>
        {fieldsOf(answer).map(([step, said]) => (
          <div key={step}>
            <dt>{labelOf(answer, step)}</dt>
            <dd class="own-words">{said}</dd>
          </div>
        ))}
        {answer.how !== null && (
          <div>
            <dt>{words.saved.how}</dt>
            <dd>{words.end.hows[answer.how]}</dd>
          </div>
        )}
        {answer.note && (
          <div>
            <dt>{words.saved.note}</dt>
            <dd class="own-words">{answer.note}</dd>
          </div>
        )}
      </dl>
    </>
  )
}

function Earlier({ answer }: { answer: Answer }) {
  const found = earlierOf(answer)
  if (found.length === 0) return null
  return (
    <details class="more-of-it">
      <summary>{exercisesText.value.saved.earlier}</summary>
      <ul class="plain-list">
        {found.map((each) => (
          <li key={each.id}>
            <a class="row-link" href={`/oevelser/svar/${each.id}`}>
              {whenWritten(each.at)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

interface OfAnswerProps {
  id: string
}

/** One thing that was kept: what was written, who sees it, and the ways to change or delete it. */
export function AnswerPage({ id }: OfAnswerProps) {
  const words = exercisesText.value
  const answer = answers.value.find((each) => each.id === id)
  const exercise = answer && exerciseOf(answer)
  // Without its newest wording the one before it stands in the list again.
  const hasEarlier = answer !== undefined && earlierOf(answer).length > 0
  const eraseText = hasEarlier ? `${words.saved.eraseText} ${words.saved.eraseBefore}` : words.saved.eraseText
  return (
    <Page heading={answer ? nameOf(answer) : words.saved.entry}>
      <p>
        <a class="way-on" href="/oevelser/mine">
          {words.saved.heading}
        </a>
      </p>
      <SaidHere />
      {!answer && <p>{words.saved.gone}</p>}
      {answer && (
        <>
          <Words answer={answer} />
          <OfferOne seen={isSeen(answer)} words={words.saved} change={(given) => offer(answer.id, given)} />
          <ul class="link-list">
            {answer.outcome === 'done' && (
              <li>
                <a href={`/oevelser/svar/${answer.id}/ret`}>{words.saved.edit}</a>
              </li>
            )}
            {exercise && (
              <li>
                <a href={exercise.href}>{words.saved.again}</a>
              </li>
            )}
          </ul>
          <Earlier answer={answer} />
          <EraseForGood words={{ ...words.saved, eraseText }} failed={words.end.notSaved} erase={() => eraseAnswer(answer.id)} backTo="/oevelser/mine" />
        </>
      )}
    </Page>
  )
}

function EditForm({ answer }: { answer: Answer }) {
  const words = exercisesText.value
  const draft = useDraft<Record<string, string>>(`exercise-edit:${answer.id}`, () => ({ ...answer.fields, '': answer.note ?? '' }))
  const tooLong = useSignal<string | null>(null)
  const isOffered = isSeen(answer) !== false
  const asked = exerciseOf(answer)?.steps.filter((each) => each.kind === 'field').map((each) => each.id) ?? []
  const steps = [...new Set([...asked, ...Object.keys(answer.fields)])]
  const save = async () => {
    tooLong.value = Object.keys(draft.value).find((step) => (draft.value[step] ?? '').trim().length > LONGEST) ?? null
    if (tooLong.value !== null) return document.getElementById(`edit-${tooLong.value}`)?.focus()
    const { '': note, ...written } = wordsIn(draft.value)
    const { ref, assignment_id, on, how, outcome } = answer
    const id = await putAnswer({ ref, assignment_id, on, how, outcome, fields: written, note: note ?? null, replaces: answer.id, isOffered })
    if (id === null) return say(words.end.notSaved)
    draft.drop()
    navigate(`/oevelser/svar/${id}`, true)
    say(isOffered ? words.end.savedOffered : words.end.saved)
  }
  const field = (step: string, label: string) => (
    <FreeText
      key={step}
      id={`edit-${step}`}
      label={label}
      rows={3}
      error={tooLong.value === step ? words.end.tooLong : undefined}
      value={draft.value[step] ?? ''}
      onInput={(said) => draft.set({ ...draft.value, [step]: said })}
    />
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p>{words.saved.editHint}</p>
      {steps.map((step) => field(step, labelOf(answer, step)))}
      {field('', words.saved.note)}
      <p class="quiet">{words.saved.editSeen[isOffered ? 'yes' : 'no']}</p>
      <Button kind="primary" type="submit" wide>
        {words.end.save}
      </Button>
    </form>
  )
}

/** Other words for what was kept; what stood before stays. */
export function EditPage({ id }: OfAnswerProps) {
  const words = exercisesText.value
  const answer = answers.value.find((each) => each.id === id)
  return (
    <Page heading={words.saved.editHeading}>
      <p>
        <a class="way-on" href={answer ? `/oevelser/svar/${answer.id}` : '/oevelser/mine'}>
          {words.saved.entry}
        </a>
      </p>
      <SaidHere />
      {answer ? <EditForm answer={answer} /> : <p>{words.saved.gone}</p>}
    </Page>
  )
}
