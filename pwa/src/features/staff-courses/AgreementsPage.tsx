import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { Button } from '../../ui/Button'
import { PageHeading } from '../../ui/PageHeading'
import { AGREEMENTS, DRAFT_MARK } from './names'
import './courses.scss'

const OWN_LINES = 4

/** What a group agrees on, for the table in the room: on paper with lines for what the group itself adds. */
export function AgreementsPage() {
  const words = staffCoursesText()
  const spoken = language.value
  return (
    <section class="page course-agreements">
      <p class="no-print">
        <a href="/staff/courses">{words.back}</a>
      </p>
      <div class="section-top">
        <PageHeading>{AGREEMENTS.name[spoken]}</PageHeading>
        <span class="no-print">
          <Button onClick={() => print()}>{words.agreementsPage.print}</Button>
        </span>
      </div>
      <ol>
        {AGREEMENTS.items[spoken].map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ol>
      <div class="course-own">
        <p>{words.agreementsPage.own}</p>
        {Array.from({ length: OWN_LINES }, (_, place) => (
          <div class="course-line" key={place} />
        ))}
      </div>
      <div class="quiet no-print">
        {AGREEMENTS.text[spoken].map((line) => (
          <p key={line}>{line}</p>
        ))}
        {AGREEMENTS.draft[spoken] && <p>{DRAFT_MARK[spoken]}</p>}
      </div>
    </section>
  )
}
