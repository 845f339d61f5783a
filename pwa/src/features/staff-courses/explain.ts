import { ApiProblem } from '../../api/client'
import { explain, type ProblemWords } from '../../api/staffProblems'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'

/** What to say when something about a group did not work: by the server's word for it, else as everywhere. */
export function explainCourse(error: unknown, fields: Record<string, string> = {}): ProblemWords {
  const problems: Record<string, string | undefined> = staffCoursesText().problems
  const message = error instanceof ApiProblem ? problems[error.code] : undefined
  return message ? { message } : explain(error, staffText(), fields)
}
