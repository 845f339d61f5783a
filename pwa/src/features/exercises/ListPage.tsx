import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { assignments, type Assignment } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { RefusedEdits } from '../refused/RefusedEdits.tsx'
import { SaidHere } from '../SaidHere.tsx'
import { fromLibrary, ofAssignment, type Exercise } from './exercise.ts'
import { listed, stateOf, whenOf } from './given.ts'
import { draftMark, LIBRARY, NEEDS, type LibraryExercise, type Need } from './library.ts'
import { begunOf, hasWords } from './progress.ts'

/** One that a newer list has and this app has not is said to be there, too. */
function GivenCard({ given, exercise }: { given: Assignment; exercise: Exercise | null }) {
  const words = exercisesText.value.given
  if (!exercise)
    return (
      <Card heading={words.unknown} level={3}>
        <p>{words.from(given.by)}</p>
        <p class="quiet">{words.unknownHow}</p>
      </Card>
    )
  return (
    <Card href={exercise.href} heading={exercise.name} level={3}>
      <p>{words.from(given.by)}</p>
      <p class="quiet">{stateOf(given) ?? whenOf(given)}</p>
    </Card>
  )
}

/** What was written in it waits to be saved. */
function isBegun(given: Assignment): boolean {
  const exercise = ofAssignment(given)
  const begun = exercise && begunOf(exercise)
  return begun !== null && hasWords(begun)
}

function Given() {
  const words = exercisesText.value.given
  const shown = listed(assignments.value, wallNow.value.date, isBegun)
  if (shown.length === 0) return null
  return (
    <section>
      <h2>{words.heading}</h2>
      <ul class="plain-list">
        {shown.map((given) => (
          <li key={given.id}>
            <GivenCard given={given} exercise={ofAssignment(given)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({ exercise }: { exercise: LibraryExercise }) {
  const words = exercisesText.value
  const { href, name, lead, minutes } = fromLibrary(exercise)
  return (
    <li>
      <a href={href}>
        <span class="exercise-item">
          <span class="exercise-name">{name}</span>
          <span class="quiet">
            {lead} {minutes !== null && words.minutes(minutes)}
          </span>
        </span>
      </a>
    </li>
  )
}

/** Everything that fits a need; of all needs, each exercise stands once, under its first. */
function OfNeed({ need, isChosen, takesFocus = false }: { need: Need; isChosen: boolean; takesFocus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [])
  const found = LIBRARY.filter((each) => (isChosen ? each.needs.includes(need) : each.needs[0] === need))
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {exercisesText.value.needs[need]}
      </h2>
      <ul class="link-list">
        {found.map((each) => (
          <Item key={each.id} exercise={each} />
        ))}
      </ul>
    </section>
  )
}

function ByNeed() {
  const words = exercisesText.value
  const chosen = useSignal<Need | null>(null)
  // The button under the list goes when all are shown again; the list has the focus then.
  const isBack = useRef(false)
  const choose = (need: Need | null, byTheList = false) => {
    isBack.current = byTheList
    chosen.value = need
  }
  return (
    <>
      <div class="exercise-needs" role="group" aria-label={words.pick}>
        <p aria-hidden="true">{words.pick}</p>
        <div class="button-row">
          {NEEDS.map((need) => (
            <Button key={need} pressed={chosen.value === need} onClick={() => choose(chosen.value === need ? null : need)}>
              {words.needs[need]}
            </Button>
          ))}
        </div>
      </div>
      {chosen.value ? (
        <>
          <OfNeed need={chosen.value} isChosen />
          <p>
            <Button kind="quiet" onClick={() => choose(null, true)}>
              {words.everything}
            </Button>
          </p>
        </>
      ) : (
        NEEDS.map((need, place) => <OfNeed key={need} need={need} isChosen={false} takesFocus={place === 0 && isBack.current} />)
      )}
    </>
  )
}

/** All exercises by what somebody needs; first what was given to this person. The same list stands on every phone. */
export function ListPage() {
  const words = exercisesText.value
  return (
    <Page heading={words.heading}>
      <SaidHere />
      <RefusedEdits of={['exercise_answer']} />
      <Given />
      <ByNeed />
      <ul class="link-list exercise-ways">
        <li>
          <a href="/oevelser/mine">{words.mine}</a>
        </li>
        <li>
          <a href="/oevelser/deling">{words.who}</a>
        </li>
      </ul>
      <p class="quiet">{words.intro}</p>
      <p class="draft-mark">{draftMark()}</p>
    </Page>
  )
}
