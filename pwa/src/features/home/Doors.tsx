import { records, standing } from '../../offline/phone.ts'
import { NextSession } from '../courses/NextSession.tsx'
import { Door } from '../exercises/Door.tsx'
import { QuestionsDoor } from '../questionnaires/Door.tsx'

/** One line or card for each room; none that says nothing to this person. */
export function Doors() {
  return (
    <>
      {standing.value === 'paired' && records.value.later['course_session'] && <NextSession />}
      <Door />
      <QuestionsDoor />
    </>
  )
}
