import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { choice, putAnswer } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { wallNow } from '../clock.ts'
import { NobodyReads } from '../NobodyReads.tsx'
import { canTell, hasNobody } from '../readers.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import type { Exercise } from './exercise.ts'
import { hasWords, LONGEST, wordsIn, type Doing } from './progress.ts'

interface EndProps {
  exercise: Exercise
  doing: Doing
}

const NOTE = 'exercise-note'

/** Keeps what came of it, and opens what was kept. */
async function save({ exercise, doing }: EndProps, isOffered: boolean): Promise<void> {
  const words = exercisesText.value.end
  const { written, how, note } = doing.value
  const id = await putAnswer({
    ref: exercise.ref,
    assignment_id: exercise.given?.id ?? null,
    on: wallNow.value.date,
    outcome: 'done',
    how,
    fields: wordsIn(written),
    note: note.trim() || null,
    isOffered,
  })
  if (id === null) return say(words.notSaved)
  doing.drop()
  navigate(`/oevelser/svar/${id}`, true)
  say(isOffered ? words.savedOffered : words.saved)
}

/** There before it says anything, so that a screen reader hears it. */
function Worse({ isSaid }: { isSaid: boolean }) {
  return (
    <div class={isSaid ? 'notice' : 'said-nothing'} role="status">
      {isSaid && (
        <>
          <p>{exercisesText.value.end.worse}</p>
          <p>
            <a class="way-on" href="/hjaelp">
              {text.value.help}
            </a>
          </p>
        </>
      )}
    </div>
  )
}

const UNSAID = ''

/** What was chosen can be taken back. */
function How({ doing: { value, change } }: Pick<EndProps, 'doing'>) {
  const words = exercisesText.value.end
  const isUnsaid = useSignal(false)
  const choose = (chosen: string | undefined) => {
    isUnsaid.value = chosen === UNSAID
    change({ how: chosen ? Number(chosen) : null })
  }
  const { how } = value
  return (
    <>
      <ChoiceGroup
        id="exercise-how"
        label={words.how}
        options={[...words.hows.map((each, place) => [String(place), each] as const), [UNSAID, words.noAnswer]]}
        chosen={how !== null ? [String(how)] : isUnsaid.value ? [UNSAID] : []}
        onChange={([chosen]) => choose(chosen)}
      />
      <Worse isSaid={how === 0} />
    </>
  )
}

interface FormProps extends EndProps {
  /** It stands where the button was that asked for it. */
  takesFocus: boolean
}

function Form({ takesFocus, ...props }: FormProps) {
  const words = exercisesText.value.end
  const { value, change } = props.doing
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) form.current?.focus({ preventScroll: true })
  }, [])
  const isTooLong = useSignal(false)
  const mayOffer = canTell()
  const isChosen = choice.value?.given ?? false
  const isOffered = mayOffer && (value.offered ?? isChosen)
  const submit = () => {
    isTooLong.value = value.note.trim().length > LONGEST
    if (isTooLong.value) return document.getElementById(NOTE)?.focus()
    void save(props, isOffered)
  }
  return (
    <form
      class="exercise-form"
      aria-label={words.more}
      tabIndex={-1}
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <How doing={props.doing} />
      <FreeText
        id={NOTE}
        label={words.note}
        error={isTooLong.value ? words.tooLong : undefined}
        value={value.note}
        onInput={(note) => change({ note })}
      />
      {mayOffer && (
        <Checkbox
          id="exercise-offered"
          label={isChosen ? words.offerAs : words.offerOne}
          checked={isOffered}
          onChange={(offered) => change({ offered })}
        />
      )}
      {hasNobody() && <NobodyReads />}
      <Button kind="primary" type="submit" wide>
        {words.save}
      </Button>
    </form>
  )
}

/** Nothing is kept unless somebody wants it; words that were written go only after a question. */
function Close({ doing, kind }: { doing: Doing; kind: 'primary' | 'quiet' }) {
  const words = exercisesText.value
  const isAsking = useSignal(false)
  const close = () => {
    doing.drop()
    navigate('/oevelser', true)
  }
  return (
    <>
      <Button kind={kind} wide={kind === 'primary'} onClick={() => (hasWords(doing.value) ? (isAsking.value = true) : close())}>
        {kind === 'primary' ? words.player.finish : words.end.close}
      </Button>
      <Dialog open={isAsking.value} heading={words.end.dropHeading} onClose={() => (isAsking.value = false)}>
        <p>{words.end.dropText}</p>
        <div class="button-row">
          <Button onClick={close}>{words.end.dropYes}</Button>
          <Button kind="primary" onClick={() => (isAsking.value = false)}>
            {words.end.dropNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** The end of an exercise: a word to go on with, and a place to keep how it was. */
export function EndView({ exercise, doing, onBack }: EndProps & { onBack: () => void }) {
  const { end: words, player } = exercisesText.value
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  // Who wrote something, or was given it, has something to keep; in a hard moment it is enough to be done.
  const asksAtOnce = exercise.given !== null || hasWords(doing.value) || doing.value.how !== null
  const asks = useSignal<'at-once' | 'when-asked' | null>(asksAtOnce ? 'at-once' : null)
  const back = exercise.steps.length > 0 && (
    <Button wide onClick={onBack}>
      {player.back}
    </Button>
  )
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {words.heading}
      </h2>
      {exercise.after && <p>{exercise.after}</p>}
      <SaidHere />
      {asks.value ? (
        <>
          <Form exercise={exercise} doing={doing} takesFocus={asks.value === 'when-asked'} />
          {back}
          <Close doing={doing} kind="quiet" />
        </>
      ) : (
        <>
          <Close doing={doing} kind="primary" />
          {back}
          <Button kind="quiet" onClick={() => (asks.value = 'when-asked')}>
            {words.more}
          </Button>
        </>
      )}
    </>
  )
}
