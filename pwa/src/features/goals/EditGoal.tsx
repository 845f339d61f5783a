import { useSignal } from '@preact/signals'
import type { Goal, GoalKind, GoalTheme } from '../../api/citizen.ts'
import { putGoal } from '../../offline/own.ts'
import { standing } from '../../offline/phone.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { goalsText } from '../../text/goals.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { DeskSharing } from '../sharing/DeskSharing.tsx'
import { OfGoal } from './OfGoal.tsx'
import { Warning } from './Warning.tsx'
import { troubleWith, whoSees } from './wording.ts'

const FIELD = 'goal-title'
const KINDS = ['stop', 'cut-down', 'keep-stable', 'other', ''] as const
const THEMES = ['meeting', 'mastery', 'network', 'occupation', ''] as const

/** A goal in the person's own words; one sentence is a whole goal. */
function TitleForm({ goal }: { goal: Goal | null }) {
  const words = goalsText.value
  const draft = useDraft<string | null>(`goal:${goal?.id ?? 'new'}`, () => null)
  const wrong = useSignal<string | undefined>(undefined)
  const value = draft.value ?? goal?.title ?? ''
  const save = async () => {
    wrong.value = troubleWith(value, words) ?? undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    const id = await putGoal(goal?.id ?? null, { title: value.trim() })
    if (id === null) return say(words.notSaved)
    draft.drop()
    navigate(`/maal/${id}`, true)
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
      <FreeText id={FIELD} label={words.label} hint={words.hint} error={wrong.value} value={value} onInput={draft.set} />
      <Button kind="primary" type="submit" wide>
        {words.save}
      </Button>
    </form>
  )
}

/** A new goal, and at once the page of it. */
export function NewGoal() {
  const words = goalsText.value
  return (
    <Page heading={words.newHeading}>
      <p>
        <a href="/maal">{words.heading}</a>
      </p>
      <SaidHere />
      <p>{whoSees(words)}</p>
      <TitleForm goal={null} />
    </Page>
  )
}

/** What sort of goal it is and what it is about: kept with each tap, and nobody has to choose. */
function Sort({ goal }: { goal: Goal }) {
  const words = goalsText.value
  const { edit } = words
  const keep = async (change: { kind: GoalKind | null } | { theme: GoalTheme | null }) =>
    say((await putGoal(goal.id, change)) ? words.saved : words.stepNotSaved)
  return (
    <>
      <ChoiceGroup
        id="goal-kind"
        label={edit.kind}
        hint={edit.kindHint}
        options={KINDS.map((kind) => [kind, edit.kinds[kind] ?? kind])}
        chosen={[goal.kind ?? '']}
        onChange={([kind]) => void keep({ kind: (kind || null) as GoalKind | null })}
      />
      <div role="status">{goal.kind === 'stop' && <Warning name="stop" />}</div>
      <ChoiceGroup
        id="goal-theme"
        label={edit.theme}
        hint={edit.kindHint}
        options={THEMES.map((theme) => [theme, edit.themes[theme] ?? theme])}
        chosen={[goal.theme ?? '']}
        onChange={([theme]) => void keep({ theme: (theme || null) as GoalTheme | null })}
      />
    </>
  )
}

/** What a goal is called, its sort, and who may see its name; without a pairing nobody else could. */
export function EditGoal({ goalId }: { goalId: string }) {
  const words = goalsText.value
  const desk = crisisLineText.value.goals
  return (
    <OfGoal goalId={goalId} heading={words.edit.heading}>
      {(goal) => (
        <>
          <p>{whoSees(words)}</p>
          {goal.origin === 'citizen' && <TitleForm goal={goal} />}
          <Sort goal={goal} />
          {goal.origin === 'citizen' && standing.value === 'paired' && (
            <section>
              <h2>{desk.one}</h2>
              <p>{desk.what}</p>
              <DeskSharing goal={goal} />
            </section>
          )}
        </>
      )}
    </OfGoal>
  )
}
