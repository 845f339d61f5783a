import { choice, putAnswer, type Assignment, type OwnExercise } from '../../offline/exercise-store.ts'
import { records } from '../../offline/phone.ts'
import { exercisesText } from '../../text/exercises.ts'
import { Button } from '../../ui/Button.tsx'
import { navigate } from '../../ui/navigation.ts'
import { Page } from '../../ui/Page.tsx'
import { wallNow } from '../clock.ts'
import { canTell } from '../readers.ts'
import { say } from '../said.ts'
import { SaidHere } from '../SaidHere.tsx'
import { Blocks } from './Blocks.tsx'
import type { Exercise } from './exercise.ts'
import { isOpen, stateOf, whenOf } from './given.ts'
import { draftMark } from './library.ts'
import { begunOf, useProgress } from './progress.ts'

/** Who gave it, for when, and in what words. */
function GivenBy({ given }: { given: Assignment }) {
  const words = exercisesText.value.given
  const goal = records.value.goals.find((each) => each.id === given.goal_id)
  return (
    <div class="notice">
      <p>{given.line ? words.says(given.by) : words.from(given.by)}</p>
      {given.line && <p class="own-words">{given.line}</p>}
      <p class="quiet">{given.status === 'active' ? whenOf(given) : words.withdrawn}</p>
      {goal && (
        <p>
          <a class="way-on" href={`/maal/${goal.id}`}>{words.goal(goal.title)}</a>
        </p>
      )}
    </div>
  )
}

/** A no for now is an answer; the exercise stays where it is. */
function NotNow({ exercise, given }: { exercise: Exercise; given: Assignment }) {
  const words = exercisesText.value
  const answer = async () => {
    const isOffered = canTell() && (choice.value?.given ?? false)
    const id = await putAnswer({ ref: exercise.ref, assignment_id: given.id, on: wallNow.value.date, outcome: 'not-now', isOffered })
    if (id === null) return say(words.end.notSaved)
    say(`${words.given.notSaved} ${isOffered ? words.given.notSeen : words.given.notPrivate}`)
    scrollTo(0, 0)
    // The button goes with the answer.
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }
  return (
    <Button wide onClick={() => void answer()}>
      {words.given.not}
    </Button>
  )
}

function OwnWords({ own }: { own: OwnExercise }) {
  const words = exercisesText.value.given
  return (
    <>
      <Blocks blocks={own.blocks} />
      <p class="quiet">{own.reviewed ? words.own(own.by) : words.ownDraft(own.by)}</p>
    </>
  )
}

/** The way in, or back to where somebody stopped. What was written stays, also when one begins again. */
function Ways({ exercise }: { exercise: Exercise }) {
  const words = exercisesText.value
  const doing = useProgress(exercise)
  const begun = begunOf(exercise)
  const go = () => navigate(`${exercise.href}/start`)
  const restart = () => {
    doing.change({ step: 0, clock: null })
    go()
  }
  const { given } = exercise
  return (
    <>
      <Button kind="primary" wide onClick={go}>
        {exercise.steps.length === 0 ? words.player.finish : begun && begun.step > 0 ? words.resume : words.start}
      </Button>
      {begun && begun.step > 0 && (
        <Button wide onClick={restart}>
          {words.again}
        </Button>
      )}
      {given?.status === 'active' && isOpen(given, wallNow.value.date) && <NotNow exercise={exercise} given={given} />}
    </>
  )
}

/** What an exercise is, before somebody begins. */
export function ExercisePage({ exercise }: { exercise: Exercise | null }) {
  const words = exercisesText.value
  return (
    <Page heading={exercise?.name ?? words.heading}>
      <p>
        <a class="way-on" href="/oevelser">
          {words.all}
        </a>
      </p>
      <SaidHere />
      {exercise === null && <p>{words.gone}</p>}
      {exercise && (
        <>
          {exercise.given && <GivenBy given={exercise.given} />}
          {exercise.given && stateOf(exercise.given) && <p class="state">{stateOf(exercise.given)}</p>}
          <p class="exercise-lead">{exercise.lead}</p>
          {exercise.about.map((each) => (
            <p key={each}>{each}</p>
          ))}
          {exercise.own && <OwnWords own={exercise.own} />}
          {exercise.stop && <p class="exercise-stop">{exercise.stop}</p>}
          {exercise.minutes !== null && <p class="quiet">{words.minutes(exercise.minutes)}</p>}
          <Ways exercise={exercise} />
          {exercise.isDraft && <p class="draft-mark">{draftMark()}</p>}
        </>
      )}
    </Page>
  )
}
