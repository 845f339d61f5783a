/** Exercises that a person was given, and what came of them, as they go over the wire. */
import type { Offer } from './checkins.ts'
import { request } from './client.ts'

/** One of the house's library, or one that a colleague wrote. */
export type ExerciseRef = { library: string } | { own: string }

/** A paragraph, a point of a list, or a heading: plain text, made on the server. */
export interface Block {
  kind: 'p' | 'li' | 'h'
  text: string
}

export interface OwnExercise {
  title: string
  lead: string
  blocks: Block[]
  /** Who wrote it. */
  by: string
  /** Somebody of another profession has read these very words. */
  reviewed: boolean
}

export type Repeat = 'none' | 'daily' | 'weekly'

export interface Assignment {
  id: string
  ref: ExerciseRef
  own: OwnExercise | null
  goal_id: string | null
  given_on: string
  given_at: string
  due_on: string | null
  repeat: Repeat
  until_on: string | null
  line: string | null
  /** Who gave it. */
  by: string
  status: 'active' | 'withdrawn'
  version: number
}

export type Outcome = 'done' | 'not-now'

export interface ExerciseAnswer {
  id: string
  /** Of several for the same thing the highest is the newest; missing before the server has told. */
  seq?: number
  assignment_id: string | null
  /** Null in an empty tombstone only, as all that follows. */
  ref: ExerciseRef | null
  on: string | null
  at: string | null
  outcome: Outcome | null
  /** 0 it made it worse … 4 it helped a lot. */
  how: number | null
  /** What was written, by the step that asked. */
  fields: Record<string, string>
  note: string | null
  /** The earlier answer of which this is an edit; both stay. */
  replaces: string | null
  sharing: Offer
  offered_seq: number | null
  erased: boolean
}

/** Shares one with the contact person, or no longer. It holds at once or not at all. */
export const offerAnswer = (id: string, given: boolean) =>
  request<void>(`/citizen/exercise-answers/${encodeURIComponent(id)}/sharing`, { method: 'PUT', body: { given } })
