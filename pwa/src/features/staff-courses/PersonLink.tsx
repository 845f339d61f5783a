import { me } from '../../api/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { coursesAt } from './names'

/** The way to a person's groups and talks, at a centre that has any; fetched when somebody wants to read them. */
export function PersonLink({ citizenId }: { citizenId: string }) {
  const words = staffCoursesText().person
  const slug = me.value?.unit.slug ?? ''
  if (coursesAt(slug, 'groups').length + coursesAt(slug, 'talks').length === 0) return null
  return (
    <section aria-labelledby="courses-heading">
      <div class="section-top">
        <h2 id="courses-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/courses`}>
          {words.open}
        </a>
      </div>
    </section>
  )
}
