/** Answers to exercises with what waits applied on top. */
import type { ExerciseAnswer } from '../api/exercises.ts'
import type { QueuedMutation } from './mutations.ts'

export function goneAnswer(id: string): ExerciseAnswer {
  return {
    id,
    assignment_id: null,
    ref: null,
    on: null,
    at: null,
    outcome: null,
    how: null,
    fields: {},
    note: null,
    replaces: null,
    sharing: 'private',
    offered_seq: null,
    erased: true,
  }
}

/** What was written stays as it was written, until its owner deletes it for good. */
export function applyToAnswer(answer: ExerciseAnswer | undefined, { entity_id: id, op, fields }: QueuedMutation): ExerciseAnswer {
  if (answer?.erased || op === 'erase') return goneAnswer(id)
  return answer ?? { ...goneAnswer(id), ...(fields as Partial<ExerciseAnswer>), erased: false }
}
