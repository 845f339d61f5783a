import { staffExercisesText } from '../../text/staffExercises'

/** The way to a person's exercises. They are not fetched before somebody wants to read them. */
export function ExercisesLink({ citizenId }: { citizenId: string }) {
  const words = staffExercisesText()
  return (
    <section aria-labelledby="exercises-heading">
      <div class="section-top">
        <h2 id="exercises-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/exercises`}>
          {words.open}
        </a>
      </div>
    </section>
  )
}
