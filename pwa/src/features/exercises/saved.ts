/** What was kept of an exercise, in the words of the list. */
import { answers, assignmentOf, type Answer } from '../../offline/exercise-store.ts'
import { exercisesText } from '../../text/exercises.ts'
import { language } from '../../text/language.ts'
import { fromLibrary, ofAssignment, type Exercise } from './exercise.ts'
import { findById } from './library.ts'

/** The exercise it was about; null if it is here no more. */
export function exerciseOf(answer: Answer): Exercise | null {
  const given = assignmentOf(answer.assignment_id)
  if (given) return ofAssignment(given)
  const found = 'library' in answer.ref ? findById(answer.ref.library) : undefined
  return found ? fromLibrary(found) : null
}

export function nameOf(answer: Answer): string {
  return exerciseOf(answer)?.name ?? exercisesText.value.saved.removed
}

/** What the step asked, by its id. */
export function labelOf(answer: Answer, step: string): string {
  const found = exerciseOf(answer)?.steps.find((each) => each.id === step)
  return found?.words[language.value] ?? exercisesText.value.saved.text
}

/** The fields in the order of the steps. */
export function fieldsOf(answer: Answer): [step: string, words: string][] {
  const order = exerciseOf(answer)?.steps.map((each) => each.id) ?? []
  const place = (step: string) => (order.includes(step) ? order.indexOf(step) : order.length)
  return Object.entries(answer.fields).sort(([a], [b]) => place(a) - place(b))
}

/** Without those of which a newer wording is here. */
export function newest(all: readonly Answer[] = answers.value): Answer[] {
  const replaced = new Set(all.map((each) => each.replaces))
  return all.filter((each) => !replaced.has(each.id))
}

/** The wordings before this one, newest first; those that were deleted are not there. */
export function earlierOf(answer: Answer, all: readonly Answer[] = answers.value): Answer[] {
  const found: Answer[] = []
  for (let before = answer.replaces; before !== null; ) {
    const one = all.find((each) => each.id === before)
    if (!one || found.includes(one)) break
    found.push(one)
    before = one.replaces
  }
  return found
}
