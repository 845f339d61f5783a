import { useSignal } from '@preact/signals'
import { eraseFeedback, feedbackByRun, putFeedback, sessions, type CourseFeedback } from '../../offline/course-store.ts'
import { choose } from '../../offline/phone.ts'
import { coursesText } from '../../text/courses.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { courseOf } from './content.ts'
import { courseName } from './words.ts'

const LONGEST = 1000
const WORDS = 'course-words'
/** Chosen instead of a degree: said, and sent as no answer. */
const NO_ANSWER = 0
const DEGREES = [4, 3, 2, 1] as const

interface Draft {
  knowledge: number | null
  useful: number | null
  words: string
  seenAt: string | null
}

const draftOf = (runId: string) => `course-feedback:${runId}`

function beginWith(said: CourseFeedback | undefined): Draft {
  return { knowledge: said?.knowledge ?? null, useful: said?.useful ?? null, words: said?.words ?? '', seenAt: said?.at ?? null }
}

/** Four steps in words; none has to be chosen, and what was chosen can be taken back. */
function Degree({ id, label, value, onChange }: { id: string; label: string; value: number | null; onChange: (value: number) => void }) {
  const { degree, noAnswer } = coursesText.value.feedback
  const steps = DEGREES.map((step) => [String(step), degree[step]] as const)
  return (
    <ChoiceGroup
      id={id}
      label={label}
      options={[...steps, [String(NO_ANSWER), noAnswer]]}
      chosen={value === null ? [] : [String(value)]}
      onChange={([chosen]) => onChange(Number(chosen))}
    />
  )
}

function troubleWith({ knowledge, useful, words: said }: Draft): string | undefined {
  const words = coursesText.value.feedback
  if (said.trim().length > LONGEST) return words.tooLong
  return !knowledge && !useful && said.trim() === '' ? words.nothing : undefined
}

function Form({ runId, hasKnowledge }: { runId: string; hasKnowledge: boolean }) {
  const words = coursesText.value
  const draft = useDraft<Draft>(draftOf(runId), () => beginWith(feedbackByRun.value.get(runId)))
  const wrong = useSignal<string | undefined>(undefined)
  const { value } = draft
  const change = (part: Partial<Draft>) => draft.set({ ...value, ...part })
  const save = async () => {
    wrong.value = troubleWith(value)
    if (wrong.value) return document.getElementById(WORDS)?.focus()
    const said = { knowledge: value.knowledge || null, useful: value.useful || null, words: value.words.trim() || null }
    const kept = await putFeedback(runId, said, value.seenAt)
    if (!kept) return say(words.notKept)
    draft.drop()
    navigate('/forloeb', true)
    say(words.feedback.saved)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {hasKnowledge && (
        <Degree id="course-knowledge" label={words.feedback.knowledge} value={value.knowledge} onChange={(knowledge) => change({ knowledge })} />
      )}
      <Degree id="course-useful" label={words.feedback.useful} value={value.useful} onChange={(useful) => change({ useful })} />
      <FreeText id={WORDS} label={words.feedback.words} hint={words.feedback.wordsHint} rows={3} value={value.words} onInput={(said) => change({ words: said })} />
      <p class="quiet">{words.feedback.who}</p>
      <p role="alert" class={wrong.value ? 'form-error-message' : 'said-nothing'}>
        {wrong.value}
      </p>
      <Button kind="primary" type="submit" wide>
        {words.feedback.save}
      </Button>
    </form>
  )
}

/** Takes the answer away for good, after one plain question. */
function Erase({ said }: { said: CourseFeedback }) {
  const words = coursesText.value
  const isAsking = useSignal(false)
  const close = () => (isAsking.value = false)
  const erase = async () => {
    close()
    if (!(await eraseFeedback(said.id))) return say(words.notKept)
    navigate('/forloeb', true)
    say(words.feedback.erased)
    // What was being typed goes as well.
    await choose(`draft:${draftOf(said.run_id)}`, undefined)
  }
  return (
    <>
      <Button kind="quiet" onClick={() => (isAsking.value = true)}>
        {words.feedback.erase}
      </Button>
      <Dialog open={isAsking.value} heading={words.feedback.eraseHeading} onClose={close}>
        <p>{words.feedback.eraseText}</p>
        <div class="button-row">
          <Button onClick={() => void erase()}>{words.feedback.eraseYes}</Button>
          <Button kind="primary" onClick={close}>
            {words.feedback.eraseNo}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** What the person thinks of a run: two questions and own words, all of them free to skip. */
export function FeedbackPage({ runId }: { runId: string }) {
  const words = coursesText.value
  const code = sessions.value.find((each) => each.run_id === runId)?.code
  const said = feedbackByRun.value.get(runId)
  return (
    <Page heading={words.feedback.heading}>
      <p>
        <a class="way-on" href="/forloeb">
          {words.session.all}
        </a>
      </p>
      <SaidHere />
      {code === undefined ? (
        <p>{words.feedback.gone}</p>
      ) : (
        <>
          <p class="quiet">{courseName(code)}</p>
          <p>{words.feedback.lead}</p>
          <Form runId={runId} hasKnowledge={courseOf(code)?.knowledge ?? false} />
          {said && <Erase said={said} />}
        </>
      )}
    </Page>
  )
}
