import type { ComponentChild } from 'preact'
import { lazily } from '../../features/lazy.tsx'
import { coursesText } from '../../text/courses.ts'

const pages = lazily(() => import('../../features/courses/CourseRoutes.tsx'))

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareCourses = pages.prepare

/** Courses: the next time, what to read before and after, and the themes so far. */
export function CoursePlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={coursesText.value.heading}>
      {({ CourseRoutes }) => <CourseRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
