/** What somebody did for a goal with others or alone: exercises and groups, as its line of time tells them. */
import type { CourseSession } from '../../offline/course-store.ts'
import { isSeen, type Answer, type Assignment } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { goalsText, type GoalsText } from '../../text/goals.ts'
import { titleOf } from '../courses/words.ts'
import { ofAssignment } from '../exercises/exercise.ts'
import { nameOf } from '../exercises/saved.ts'

/** An exercise that somebody gave; one that was taken back leads nowhere any more. */
export function Given({ given }: { given: Assignment }) {
  const { line } = goalsText.value
  const exercise = ofAssignment(given)
  const name = exercise?.name ?? exercisesText.value.saved.removed
  return (
    <>
      <p>
        <strong>{line.kinds['given']}</strong>: {exercise && given.status === 'active' ? <a href={exercise.href}>{name}</a> : name}
      </p>
      {given.line && <p class="own-words">{given.line}</p>}
      <p class="quiet">{line.givenBy(given.by)}</p>
    </>
  )
}

/** What came of it: where it is read, shared and deleted, is one tap away. */
export function Answered({ answer }: { answer: Answer }) {
  const { line } = goalsText.value
  const seen = isSeen(answer)
  return (
    <>
      <p>
        <strong>{line.kinds[answer.outcome]}</strong>: <a href={`/oevelser/svar/${answer.id}`}>{nameOf(answer)}</a>
      </p>
      {answer.note && <p class="own-words">{answer.note}</p>}
      <p class="quiet">{seen === 'sent' ? exercisesText.value.saved.seen.sent : seen ? line.sharedWith : line.onlyYou}</p>
    </>
  )
}

function stateOf({ status, attended, excused }: CourseSession, words: GoalsText['line']['session']): string | null {
  if (status === 'cancelled') return words.cancelled
  if (attended !== null) return attended ? words.been : words.missed
  return excused ? words.excused : null
}

/** One time of a group. */
export function Met({ session }: { session: CourseSession }) {
  const { line } = goalsText.value
  const state = stateOf(session, line.session)
  return (
    <>
      <p>
        <strong>{line.kinds['session']}</strong>: <a href={`/forloeb/gang/${session.id}`}>{titleOf(session)}</a>
      </p>
      {state && <p>{state}</p>}
    </>
  )
}
