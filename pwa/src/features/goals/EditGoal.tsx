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
import { changesTo, type GoalEdit } from './choosing.ts'
import { OfGoal } from './OfGoal.tsx'
import { Warning } from './Warning.tsx'
import { troubleWith, whoSees } from './wording.ts'

const FIELD = 'goal-title'
const KINDS = ['stop', 'cut-down', 'keep-stable', 'other', ''] as const
const THEMES = ['meeting', 'mastery', 'network', 'occupation', ''] as const

type Sort = Pick<GoalEdit, 'kind' | 'theme'>

/** What sort of goal it is and what it is about: nobody has to choose. */
function SortChoices({ kind, theme, onChange }: Required<Sort> & { onChange: (sort: Sort) => void }) {
  const { edit } = goalsText.value
  return (
    <>
      <ChoiceGroup
        id="goal-kind"
        label={edit.kind}
        hint={edit.kindHint}
        options={KINDS.map((each) => [each, edit.kinds[each] ?? each])}
        chosen={[kind ?? '']}
        onChange={([chosen]) => onChange({ kind: (chosen || null) as GoalKind | null })}
      />
      <div role="status">{kind === 'stop' && <Warning name="stop" />}</div>
      <ChoiceGroup
        id="goal-theme"
        label={edit.theme}
        hint={edit.kindHint}
        options={THEMES.map((each) => [each, edit.themes[each] ?? each])}
        chosen={[theme ?? '']}
        onChange={([chosen]) => onChange({ theme: (chosen || null) as GoalTheme | null })}
      />
    </>
  )
}

/** A goal in the person's own words, where it is their own; one sentence is a whole goal. The sort can be said later. */
function GoalForm({ goal }: { goal: Goal | null }) {
  const words = goalsText.value
  const draft = useDraft<string | null>(`goal:${goal?.id ?? 'new'}`, () => null)
  const sort = useDraft<Sort>(`goal-sort:${goal?.id ?? 'new'}`, () => ({}))
  const wrong = useSignal<string | undefined>(undefined)
  const isOwn = goal?.origin !== 'staff'
  const value = draft.value ?? goal?.title ?? ''
  const save = async () => {
    wrong.value = (isOwn && troubleWith(value, words)) || undefined
    if (wrong.value) return document.getElementById(FIELD)?.focus()
    const changes = changesTo(goal, { ...(isOwn && { title: value.trim() }), ...sort.value })
    const isSame = goal && Object.keys(changes).length === 0
    const id = isSame ? goal.id : await putGoal(goal?.id ?? null, changes)
    if (id === null) return say(words.notSaved)
    draft.drop()
    sort.drop()
    navigate(`/maal/${id}`, true)
    say(words.saved)
  }
  const kept = { kind: goal?.kind ?? null, theme: goal?.theme ?? null }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {isOwn && <FreeText id={FIELD} label={words.label} hint={words.hint} error={wrong.value} value={value} onInput={draft.set} />}
      {goal && <SortChoices {...kept} {...sort.value} onChange={(change) => sort.set({ ...sort.value, ...change })} />}
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
        <a href="/maal">{words.all}</a>
      </p>
      <SaidHere />
      <p>{whoSees(words)}</p>
      <GoalForm goal={null} />
    </Page>
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
          <GoalForm goal={goal} />
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
