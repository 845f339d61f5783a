/** Courses on the person's own phone, as they go over the wire: only their own sessions, never who else comes. */

/** `left`: was there and does not come any more, or waited until it was cancelled. */
export type MyPlace = 'enrolled' | 'waiting' | 'left'

type Each<T> = { da: T; en: T }

/** A theme in both languages. */
export interface ThemeWords {
  title: Each<string>
  before: Each<string[]>
  after: Each<string[]>
  bring: Each<string> | null
  draft: Each<boolean>
}

export interface CourseSession {
  id: string
  run_id: string
  /** The place that the person has or had at it. */
  enrollment_id: string
  /** What the person comes for, if somebody said so. */
  goal_id: string | null
  code: string
  /** Its place in the run, from 1. */
  number: number
  /** The theme's id; null where a course has no themes. */
  theme: string | null
  /** As the centre calls it; null: as the content does. */
  theme_title: string | null
  /** The content's words as they were when the run was planned; null or missing: what this app carries holds. */
  theme_words?: ThemeWords | null
  starts_at: string
  minutes: number
  place: string | null
  status: 'booked' | 'held' | 'cancelled'
  my: MyPlace
  /** Null until the leader has said so. */
  attended: boolean | null
  /** The person has said that this time does not suit. */
  excused: boolean
  /** The notices that lead to it. */
  occurrence_ids: string[]
  revision: number
}

/** Talks that belong together: how many as a rule, and when both look back on them. */
export interface CoursePath {
  id: string
  code: string
  planned: number | null
  from_on: string
  evaluate_on: string | null
  status: string
}

/** What the person thought of a run. Reports tell numbers, and words only where at least five have answered. */
export interface CourseFeedback {
  id: string
  run_id: string
  /** 4 to a high degree … 1 not at all. */
  knowledge: number | null
  useful: number | null
  words: string | null
  at: string
  erased: boolean
}
