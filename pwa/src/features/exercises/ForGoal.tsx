import { assignments } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { ofAssignment, type Exercise } from './exercise.ts'

/** The exercises that somebody was given for one goal; nothing where there are none. */
export function ForGoal({ goalId }: { goalId: string }) {
  const found = assignments.value
    .filter((each) => each.goal_id === goalId)
    .map(ofAssignment)
    .filter((each): each is Exercise => each !== null)
  if (found.length === 0) return null
  return (
    <section>
      <h2>{exercisesText.value.heading}</h2>
      <ul class="link-list">
        {found.map(({ href, name }) => (
          <li key={href}>
            <a href={href}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
