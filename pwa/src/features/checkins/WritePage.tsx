import { useSignal } from '@preact/signals'
import { choice, putCheckIn } from '../../offline/checkin-store.ts'
import { records } from '../../offline/phone.ts'
import { checkinsText } from '../../text/checkins.ts'
import { Button } from '../../ui/Button.tsx'
import { SelectField } from '../../ui/Choices.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { Page } from '../../ui/Page.tsx'
import { useDraft } from '../draft.ts'
import { NobodyReads } from '../NobodyReads.tsx'
import { canTell, hasNobody } from '../readers.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { Scale } from './Scale.tsx'

const LONGEST = 500
const MOOD = 'check-in-mood'
const LINE = 'check-in-line'

interface Draft {
  mood: number | null
  urge: number | null
  line: string
  goal: string
  /** Null: as the choice says. */
  offered: boolean | null
}

const NOTHING: Draft = { mood: null, urge: null, line: '', goal: '', offered: null }

interface Part {
  value: Draft
  change: (part: Partial<Draft>) => void
}

/** Whether the contact person may see this one. */
function OfferChoice({ value, change, isChosen }: Part & { isChosen: boolean }) {
  const words = checkinsText.value
  return (
    <Checkbox
      id="check-in-offered"
      label={isChosen ? words.offerAs : words.offerOne}
      checked={value.offered ?? isChosen}
      onChange={(offered) => change({ offered })}
    />
  )
}

/** What only some want to say: a line, a goal it belongs to, and that the contact person may see it. */
function More({ value, change, mayOffer }: Part & { mayOffer: boolean }) {
  const words = checkinsText.value
  const goals = records.value.goals.filter((goal) => goal.status === 'active')
  // A draft from before stands in sight; who empties the field goes on in it.
  const isOpen = useSignal(value.line !== '' || value.goal !== '' || value.offered === true)
  return (
    <details class="more-of-it" open={isOpen.value} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{words.more}</summary>
      <FreeText id={LINE} label={words.line} value={value.line} onInput={(line) => change({ line })} />
      {mayOffer && <OfferChoice value={value} change={change} isChosen={false} />}
      {goals.length > 0 && (
        <SelectField
          id="check-in-goal"
          label={words.goal}
          value={value.goal}
          options={[['', words.noGoal], ...goals.map((goal) => [goal.id, goal.title] as const)]}
          onChange={(goal) => change({ goal })}
        />
      )}
    </details>
  )
}

function troubleWith({ mood, urge, line }: Draft): string | undefined {
  const words = checkinsText.value
  if (line.trim().length > LONGEST) return words.tooLong
  return mood === null && urge === null && line.trim() === '' ? words.nothing : undefined
}

function WriteForm() {
  const words = checkinsText.value
  const draft = useDraft<Draft>('check-in', () => NOTHING)
  const wrong = useSignal<string | undefined>(undefined)
  const { value } = draft
  const change = (part: Partial<Draft>) => draft.set({ ...value, ...part })
  const mayOffer = canTell()
  const isChosen = choice.value?.given ?? false
  const isOffered = mayOffer && (value.offered ?? isChosen)
  const save = async () => {
    wrong.value = troubleWith(value)
    if (wrong.value) return document.getElementById(wrong.value === words.tooLong ? LINE : MOOD)?.focus()
    const { mood, urge, goal } = value
    const id = await putCheckIn({ mood, urge, line: value.line.trim() || null, goal_id: goal || null, isOffered })
    if (id === null) return say(words.notSaved)
    draft.drop()
    say(isOffered ? words.savedOffered : words.saved)
    scrollTo({ top: 0 })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Scale id={MOOD} label={words.mood} hint={words.moodHint} value={value.mood} onChange={(mood) => change({ mood })} />
      <Scale id="check-in-urge" label={words.urge} hint={words.urgeHint} value={value.urge} onChange={(urge) => change({ urge })} />
      {mayOffer && isChosen && <OfferChoice value={value} change={change} isChosen />}
      <More value={value} change={change} mayOffer={mayOffer && !isChosen} />
      {hasNobody() && <NobodyReads />}
      <p role="alert" class={wrong.value ? 'form-error-message' : 'said-nothing'}>
        {wrong.value}
      </p>
      <Button kind="primary" type="submit" wide>
        {words.save}
      </Button>
    </form>
  )
}

/** How it is right now: two numbers and a line, done in a few taps. */
export function WritePage() {
  const words = checkinsText.value
  return (
    <Page heading={words.heading}>
      <SaidHere />
      <RefusedEdits of={['checkin', 'used_day']} />
      <WriteForm />
      <ul class="plain-list check-in-ways">
        <li>
          <a class="row-link" href="/lige-nu/kurver">{words.toCurves}</a>
        </li>
        <li>
          <a class="row-link" href="/lige-nu/dage">{words.toDays}</a>
        </li>
        <li>
          <a class="row-link" href="/lige-nu/deling">{words.toSharing}</a>
        </li>
      </ul>
    </Page>
  )
}
