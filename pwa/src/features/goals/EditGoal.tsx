import { useSignal } from '@preact/signals'
import { putGoal } from '../../offline/own.ts'
import { records } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { DeskSharing } from '../sharing/DeskSharing.tsx'
import { troubleWithGoal } from './wording.ts'

const FIELD = 'goal-title'

function GoalForm({ goalId, title }: { goalId: string | null; title: string }) {
  const words = text.value.goals
  const draft = useDraft<string | null>(`goal:${goalId ?? 'new'}`, () => null)
  const wrong = useSignal<string | undefined>(undefined)
  const value = draft.value ?? title
  const save = async () => {
    wrong.value = troubleWithGoal(value, words) ?? undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    const isKept = (await putGoal(goalId, { title: value.trim() })) !== null
    if (!isKept) return say(words.notSaved)
    draft.drop()
    navigate('/maal')
    say(words.saved)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <SaidHere />
      <FreeText id={FIELD} label={words.label} hint={words.hint} error={wrong.value} value={value} onInput={draft.set} />
      <Button kind="primary" type="submit" wide>
        {words.save}
      </Button>
    </form>
  )
}

/** One goal in the person's own words: a new one, or one's own to change. */
export function EditGoal({ goalId }: { goalId: string | null }) {
  const words = text.value.goals
  const desk = crisisLineText.value.goals
  const goal = records.value.goals.find((each) => each.id === goalId && each.origin === 'citizen')
  return (
    <Page heading={goalId ? words.editHeading : words.newHeading}>
      <p>
        <a href="/maal">{words.heading}</a>
      </p>
      {goalId && !goal ? <p>{words.gone}</p> : <GoalForm goalId={goalId} title={goal?.title ?? ''} />}
      {goal && (
        <section>
          <h2>{desk.one}</h2>
          <p>{desk.what}</p>
          <DeskSharing goal={goal} />
        </section>
      )}
    </Page>
  )
}
