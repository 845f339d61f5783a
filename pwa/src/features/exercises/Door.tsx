import { assignments } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { wallNow } from '../clock.ts'
import { isOpen } from './given.ts'

/** The way to the exercises from the first page; that somebody gave one is said, which one is not. */
export function Door() {
  const words = exercisesText.value
  const isGiven = assignments.value.some((each) => isOpen(each, wallNow.value.date))
  return (
    <p>
      <a class="row-link" href="/oevelser">
        {isGiven ? words.doorGiven : words.door}
      </a>
    </p>
  )
}
