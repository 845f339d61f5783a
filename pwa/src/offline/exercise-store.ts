/** Exercises on the phone: what was given, and what came of each. Paired or not, with or without a network. */
import { computed } from '@preact/signals'
import { offerAnswer, type Assignment, type ExerciseAnswer, type ExerciseRef, type Outcome } from '../api/exercises.ts'
import { forgetAll, forgetDrafts, forgetRefused } from './erasure.ts'
import { applyToAnswer } from './exercises.ts'
import { newId } from './identifiers.ts'
import { choiceOf, isOffered, offerOf, offerOnline } from './offers.ts'
import { applyEach } from './overlay.ts'
import { change, queue, records } from './phone.ts'

export type { Assignment, Block, ExerciseRef, Outcome, OwnExercise } from '../api/exercises.ts'

export interface Answer extends ExerciseAnswer {
  ref: ExerciseRef
  on: string
  at: string
  outcome: Outcome
}

const told = <T>(entity: string) => (records.value.later[entity] ?? []) as T[]

/** What still is given to the person, the nearest day first, what has none last. */
export const assignments = computed<readonly Assignment[]>(() =>
  told<Assignment>('exercise_assignment')
    .filter((each) => each.status === 'active')
    .sort((a, b) => (a.due_on ?? '9').localeCompare(b.due_on ?? '9') || a.id.localeCompare(b.id)),
)

/** Also what was taken back. */
export const everGiven = computed<readonly Assignment[]>(() => told<Assignment>('exercise_assignment'))

/** Also one that was taken back: what came of it still has its words. */
export function assignmentOf(id: string | null): Assignment | undefined {
  return everGiven.value.find((each) => each.id === id)
}

/** Newest first, without what was deleted. */
export const answers = computed<readonly Answer[]>(() => {
  const waiting = queue.value.filter((each) => each.entity === 'exercise_answer' && each.status !== 'refused')
  return applyEach(told<ExerciseAnswer>('exercise_answer'), waiting, applyToAnswer)
    .filter((each): each is Answer => !each.erased && each.at !== null)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id))
})

/** The yes to all of them, as this phone last heard of it. */
export const choice = choiceOf('exercises')

/** Whether the contact person can see it; `sent`: from when it has been sent. */
export function isSeen(answer: ExerciseAnswer): boolean | 'sent' {
  return isOffered(answer, choice.value)
}

export interface NewAnswer extends Pick<Answer, 'ref' | 'on' | 'outcome'> {
  assignment_id?: string | null
  how?: number | null
  fields?: Record<string, string>
  note?: string | null
  replaces?: string | null
  isOffered: boolean
}

/** Keeps what came of an exercise. Its id, or null if the phone would not store it. */
export async function putAnswer({ isOffered: wish, ...said }: NewAnswer): Promise<string | null> {
  const id = newId()
  const fields = {
    assignment_id: null,
    how: null,
    fields: {},
    note: null,
    replaces: null,
    ...said,
    at: new Date().toISOString(),
    ...offerOf(wish, choice.value),
  }
  const isKept = await change(() => ({ drafts: [{ entity: 'exercise_answer', entity_id: id, op: 'put', fields }] }))
  return isKept ? id : null
}

/** Takes an answer away for good, here and on every other phone. */
export function eraseAnswer(id: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'exercise_answer', entity_id: id, op: 'erase', fields: {} }],
    changes: [...forgetAll('exercise_answer', id, rows), ...(await forgetRefused(vault, id)), ...(await forgetDrafts(vault, new Set([id])))],
  }))
}

/** Shares one with the contact person, or no longer. False: nothing was changed. */
export function offer(id: string, given: boolean): Promise<boolean> {
  return offerOnline(id, () => offerAnswer(id, given))
}
