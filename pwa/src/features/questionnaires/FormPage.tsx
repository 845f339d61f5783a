import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { decline } from '../../offline/measure-store.ts'
import { language } from '../../text/language.ts'
import { questionnairesText } from '../../text/questionnaires.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import type { Draft } from '../draft.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { askedNow, type Asked } from './asked.ts'
import { draftMark, type Definition, type Item } from './definitions.ts'
import { save, useAnswering, type Answering } from './doing.ts'
import { Ending, StepHeading } from './Ending.tsx'
import { Grid } from './Grid.tsx'
import { RefusedHere } from './RefusedHere.tsx'
import { asked as itemsAsked } from './score.ts'

interface FormProps {
  definition: Definition
  draft: Draft<Answering>
}

const wordsOf = (definition: Definition) => definition.words[language.value]

/** Saying no is an answer: to this once, or to all of it. */
function Decline({ asked }: { asked: Asked }) {
  const words = questionnairesText.value.form
  const isAsking = useSignal(false)
  const done = async (key: string | null, saying: string) => {
    const isKept = await decline(asked.plan.id, key)
    if (!isKept) return say(words.notSaved)
    navigate('/skemaer', true)
    say(saying)
  }
  return (
    <>
      <div class="button-row">
        <Button onClick={() => void done(asked.window.key, words.notNowSaid)}>{words.notNow}</Button>
        <Button kind="quiet" onClick={() => (isAsking.value = true)}>
          {words.stop}
        </Button>
      </div>
      <Dialog open={isAsking.value} heading={words.stopHeading} onClose={() => (isAsking.value = false)}>
        <p>{words.stopText}</p>
        <div class="button-row">
          <Button onClick={() => void done(null, words.stopped)}>{words.stopYes}</Button>
          <Button kind="primary" onClick={() => (isAsking.value = false)}>
            {words.stopNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** Who comes back to it from the questions hears where they are. */
function Intro({ definition, draft, isBack }: FormProps & { isBack: boolean }) {
  const words = questionnairesText.value.form
  const own = wordsOf(definition)
  const asked = askedNow().find((each) => each.plan.code === definition.code)
  const isBegun = Object.keys(draft.value.items).length > 0
  const lead = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    if (isBack) lead.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <p class="lead" tabIndex={-1} ref={lead}>
        {own.lead}
      </p>
      {own.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <Button kind="primary" wide onClick={() => draft.set({ ...draft.value, step: firstOpen(definition, draft.value) })}>
        {isBegun ? words.goOn : words.begin}
      </Button>
      {asked && <Decline asked={asked} />}
      <p class="quiet">{own.credit}</p>
      {own.draft && <p class="quiet">{draftMark()}</p>}
    </>
  )
}

/** The first item without an answer; the last step where all have one. */
function firstOpen(definition: Definition, { items }: Answering): number {
  const found = itemsAsked(definition, items)
  const at = found.findIndex((item) => items[item.id] === undefined)
  return at === -1 ? found.length : at
}

function Question({ definition, draft, item, place }: FormProps & { item: Item; place: string }) {
  const words = questionnairesText.value.form
  const own = wordsOf(definition)
  const wrong = useSignal<string | undefined>(undefined)
  const { value } = draft
  const chosen = value.items[item.id]
  const step = value.step ?? 0
  const go = () => {
    wrong.value = chosen === undefined ? words.choose : undefined
    if (wrong.value) return document.getElementById(item.id)?.focus()
    draft.set({ ...value, step: step + 1 })
    scrollTo({ top: 0 })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <StepHeading>{place}</StepHeading>
      {own.before && <p>{own.before}</p>}
      <ChoiceGroup
        id={item.id}
        label={own.items[item.id] ?? item.id}
        error={wrong.value}
        options={Object.entries(item.values).map(([answer, number]) => [String(number), own.answers[item.answers]?.[answer] ?? answer] as const)}
        chosen={chosen === undefined ? [] : [String(chosen)]}
        onChange={([next]) => {
          wrong.value = undefined
          draft.set({ ...value, items: { ...value.items, [item.id]: Number(next) } })
        }}
      />
      <Button kind="primary" type="submit" wide>
        {words.next}
      </Button>
    </form>
  )
}

function Steps({ definition, draft }: FormProps) {
  const words = questionnairesText.value.form
  const items = itemsAsked(definition, draft.value.items)
  const step = Math.min(draft.value.step ?? 0, items.length)
  const item = items[step]
  const back = () => draft.set({ ...draft.value, step: step === 0 ? null : step - 1 })
  return (
    <>
      {item ? (
        <Question key={item.id} definition={definition} draft={draft} item={item} place={words.place(step + 1, items.length)} />
      ) : (
        <Ending definition={definition} draft={draft} onSave={() => void save({ definition, draft, complete: true })} />
      )}
      <div class="button-row">
        <Button kind="quiet" onClick={back}>
          {step === 0 ? words.toStart : words.previous}
        </Button>
        {Object.keys(draft.value.items).length > 0 && item && (
          <Button kind="quiet" onClick={() => void save({ definition, draft, complete: false })}>
            {words.later}
          </Button>
        )}
      </div>
    </>
  )
}

/** One questionnaire: what it is about first, then one question a page. */
export function FormPage({ definition }: { definition: Definition }) {
  const words = questionnairesText.value
  const draft = useAnswering(definition)
  const isBegun = draft.value.step !== null
  const wasBegun = useRef(false)
  wasBegun.current ||= isBegun
  return (
    <Page heading={wordsOf(definition).title}>
      {!isBegun && (
        <p>
          <a class="way-on" href="/skemaer">
            {words.back}
          </a>
        </p>
      )}
      <SaidHere />
      <RefusedEdits of={['measure_result', 'measure_plan', 'measure_call']} />
      <RefusedHere />
      {!isBegun && <Intro definition={definition} draft={draft} isBack={wasBegun.current} />}
      {isBegun && definition.kind === 'items' && <Steps definition={definition} draft={draft} />}
      {isBegun && definition.kind === 'weeks' && <Grid definition={definition} draft={draft} />}
    </Page>
  )
}
