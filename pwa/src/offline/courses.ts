/** Courses with what waits applied on top. */
import type { CourseFeedback, CourseSession } from '../api/courses.ts'
import type { QueuedMutation } from './mutations.ts'

/** What the person said no to, with what stood on the phone then. */
export interface Leaving {
  run_id?: string
  enrollment_id?: string
  session_id?: string
  revision?: number
}

/** As a session is planned; what was queued without a revision is taken of such a one alone. */
const UNCHANGED = 1

/** Who says no to one time keeps the others; who comes no more keeps what was. A no says nothing of what came after it. */
export function applyLeaving(session: CourseSession, mutations: readonly QueuedMutation[], now: number): CourseSession {
  if (session.attended !== null || Date.parse(session.starts_at) <= now) return session
  const said = mutations.map(({ fields }) => fields as Leaving)
  const isGivenUp = ({ run_id, enrollment_id }: Leaving) => run_id === session.run_id && (enrollment_id ?? session.enrollment_id) === session.enrollment_id
  if (said.some(isGivenUp)) return { ...session, my: 'left' }
  return said.some((each) => each.session_id === session.id && (each.revision ?? UNCHANGED) === session.revision) ? { ...session, excused: true } : session
}

/** What was said last stands, until its owner deletes it for good. */
export function applyToFeedback(feedback: CourseFeedback | undefined, { entity_id: id, op, fields, device_at: at }: QueuedMutation): CourseFeedback {
  const gone = { id, run_id: '', knowledge: null, useful: null, words: null, at, erased: true }
  if (feedback?.erased || op === 'erase') return gone
  return { ...gone, ...feedback, ...(fields as Partial<CourseFeedback>), erased: false }
}
