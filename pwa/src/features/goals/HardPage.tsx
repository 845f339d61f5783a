import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { stepsOf, tellGoal } from '../../offline/goal-store.ts'
import { goalsText } from '../../text/goals.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceGroup } from '../../ui/Choices.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FreeText } from '../../ui/FreeText.tsx'
import { useDraft } from '../draft.ts'
import { NobodyReads } from '../NobodyReads.tsx'
import { hasNobody } from '../readers.ts'
import { say } from '../said.ts'
import { USUAL_WISH, wishFields, type Wish } from './closer.ts'
import { OfGoal } from './OfGoal.tsx'
import { Share } from './Share.tsx'
import { useTelling } from './telling.ts'
import { Warning } from './Warning.tsx'
import { contactPerson } from './wording.ts'

const FIELD = 'hard-words'
const WEEKS = [7, 14, 28] as const

interface CloserProps {
  wish: Wish
  onChange: (wish: Wish) => void
}

/** Offered only to whoever tells: nobody else could come nearer. */
function Closer({ wish, onChange }: CloserProps) {
  const words = goalsText.value
  const { hard } = words
  return (
    <>
      <ChoiceGroup
        id="closer-days"
        label={hard.closer(contactPerson(words))}
        options={WEEKS.map((each) => [String(each), hard.weeks[each] ?? ''])}
        chosen={[String(wish.days)]}
        onChange={([chosen]) => onChange({ ...wish, days: Number(chosen) })}
      />
      <Checkbox id="wants-talk" label={hard.talk} checked={wish.talk} onChange={(talk) => onChange({ ...wish, talk })} />
    </>
  )
}

function HardForm({ goalId, onDone }: { goalId: string; onDone: (shared: boolean) => void }) {
  const words = goalsText.value
  const telling = useTelling(`hard:${goalId}`, FIELD, true)
  const wish = useDraft<Wish>(`hard-wish:${goalId}`, () => USUAL_WISH)
  const tells = telling.audience === 'tell'
  const save = async () => {
    const told = telling.take()
    if (!told) return
    const asked = wishFields(told.shared, wish.value)
    if (!(await tellGoal(goalId, { kind: 'became-hard', ...told, ...asked }))) return say(words.notSaved)
    telling.drop()
    wish.drop()
    onDone(told.shared)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p>{words.hard.intro}</p>
      <FreeText
        id={FIELD}
        label={words.hard.label}
        hint={words.hard.labelHint}
        rows={3}
        error={telling.wrong.text}
        value={telling.text}
        onInput={telling.setText}
      />
      <Share chosen={telling.audience} error={telling.wrong.audience} onChange={telling.setAudience} />
      {tells && <Closer wish={wish.value} onChange={wish.set} />}
      <Button kind="primary" type="submit" wide>
        {words.hard.save}
      </Button>
    </form>
  )
}

/** Nothing was lost by it: what was done stands here. */
function Told({ goalId, shared }: { goalId: string; shared: boolean }) {
  const words = goalsText.value
  const done = stepsOf(goalId).filter((step) => step.done)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <h2 class="goal-told" tabIndex={-1} ref={heading}>
        {words.hard.doneHeading}
      </h2>
      <p>{shared ? words.hard.told(contactPerson(words)) : words.hard.kept}</p>
      {hasNobody() && <NobodyReads />}
      <Warning name="became-hard" />
      {done.length > 0 && (
        <section>
          <h3>{words.hard.reached}</h3>
          <ul>
            {done.map((step) => (
              <li key={step.id} class="own-words">
                {step.text}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>{words.hard.help}</p>
      <div class="button-row">
        <a class="button button-primary" href="/hjaelp">
          {text.value.help}
        </a>
        <a class="button button-secondary" href="/min-plan">
          {words.hard.toPlan}
        </a>
      </div>
    </>
  )
}

/** It became hard: told or kept to oneself, and nothing is taken away by it. */
export function HardPage({ goalId }: { goalId: string }) {
  const told = useSignal<boolean | null>(null)
  return (
    <OfGoal goalId={goalId} heading={goalsText.value.hard.heading}>
      {() =>
        told.value === null ? (
          <HardForm goalId={goalId} onDone={(shared) => (told.value = shared)} />
        ) : (
          <Told goalId={goalId} shared={told.value} />
        )
      }
    </OfGoal>
  )
}
