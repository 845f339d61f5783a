/** Courses on the phone: what is next, what was, and what the person thought of it. It needs no network. */
import { computed } from '@preact/signals'
import type { CourseFeedback, CoursePath, CourseSession } from '../api/courses.ts'
import { applyLeaving, applyToFeedback, type Leaving } from './courses.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { newId } from './identifiers.ts'
import { applyEach } from './overlay.ts'
import { dropMutation } from './mutations.ts'
import { change, queue, records } from './phone.ts'

export type { CourseFeedback, CoursePath, CourseSession }

const told = <T>(entity: string) => (records.value.later[entity] ?? []) as T[]
const waitingFor = (entity: string) => queue.value.filter((each) => each.entity === entity && each.status !== 'refused')

/** In the order in which they happen. */
export const sessions = computed<readonly CourseSession[]>(() => {
  const leaving = waitingFor('enrollment')
  const now = Date.now()
  return told<CourseSession>('course_session')
    .map((session) => applyLeaving(session, leaving, now))
    .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || a.id.localeCompare(b.id))
})

export const paths = computed<readonly CoursePath[]>(() => told<CoursePath>('course_path').filter((each) => each.status === 'active'))

/** What was said of each run, without what was deleted. */
export const feedbackByRun = computed<ReadonlyMap<string, CourseFeedback>>(() => {
  const all = applyEach(told<CourseFeedback>('course_feedback'), waitingFor('course_feedback'), applyToFeedback)
  return new Map(all.filter((each) => !each.erased).map((each) => [each.run_id, each]))
})

function leave(id: string, fields: Leaving): Promise<boolean> {
  return change(() => ({ drafts: [{ entity: 'enrollment', entity_id: id, op: 'leave', fields: { ...fields } }] }))
}

/** Says that this time, as it stands here, does not suit. False: the phone would not store it. */
export const skipSession = ({ id, revision }: CourseSession): Promise<boolean> => leave(id, { session_id: id, revision })

/** Says that the person comes no more to where they have this place. False: the phone would not store it. */
export const leaveCourse = ({ run_id, enrollment_id }: CourseSession): Promise<boolean> => leave(run_id, { run_id, enrollment_id })

/** The no has not left this phone yet, so nobody knows of it. */
export const isLeavingUnsent = computed(() => waitingFor('enrollment').some((each) => each.status === 'waiting'))

/** A no that was not taken: what it was about stands as before. */
export interface RefusedLeaving {
  id: string
  /** `over`: it had begun, was held or cancelled when the no arrived. `moved`: it has another time. `again`: there is a newer place. */
  because: 'over' | 'moved' | 'again' | 'refused'
}

const BECAUSE: Record<string, RefusedLeaving['because']> = { 'session-over': 'over', 'session-changed': 'moved', 'place-changed': 'again' }

export const refusedLeaving = computed<readonly RefusedLeaving[]>(() =>
  queue.value
    .filter((each) => each.entity === 'enrollment' && each.status === 'refused')
    .map(({ mutation_id, code }) => ({ id: mutation_id, because: BECAUSE[code ?? ''] ?? 'refused' })),
)

/** The person has seen that it was not taken. */
export function putAwayRefused(id: string): Promise<boolean> {
  return change((rows) => ({ drafts: [], changes: rows.filter(({ value }) => value.mutation_id === id && value.status === 'refused').map(dropMutation) }))
}

export interface Opinion {
  knowledge: number | null
  useful: number | null
  words: string | null
}

/** Keeps what the person thought of a run. `seenAt`: when they said what stood before them as they wrote, which this replaces. */
export function putFeedback(runId: string, said: Opinion, seenAt: string | null): Promise<boolean> {
  const id = feedbackByRun.value.get(runId)?.id ?? newId()
  return change(() => ({ drafts: [{ entity: 'course_feedback', entity_id: id, op: 'put', fields: { run_id: runId, at: new Date().toISOString(), seen_at: seenAt, ...said } }] }))
}

/** Takes it away for good, here and on every other phone, and out of every figure. */
export function eraseFeedback(id: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'course_feedback', entity_id: id, op: 'erase', fields: {} }],
    changes: [...forgetAll('course_feedback', id, rows), ...(await forgetRefused(vault, id))],
  }))
}
