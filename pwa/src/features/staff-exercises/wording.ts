/** How the console names exercises and their days. */
import type { ExerciseRef } from '../../api/exercises.ts'
import type { GivenExercise } from '../../api/staffExercises'
import { language } from '../../text/language'
import { staffExercisesText } from '../../text/staffExercises'
import { sayNearDate } from '../../ui/days'
import type { LibraryExercise } from '../exercises/library.ts'

export type Library = readonly LibraryExercise[]

/** What a centre offers: some exercises are made for one centre's people alone. */
export function offeredAt(library: Library, centre: string | undefined): Library {
  const isHere = (each: LibraryExercise & { centres?: string[] }) => !each.centres || each.centres.includes('all') || (centre !== undefined && each.centres.includes(centre))
  return library.filter(isHere)
}

/** The house's library. It comes as a file of its own, when a page needs a name out of it. */
export const fetchLibrary = async (): Promise<Library> => (await import('../exercises/library.ts')).LIBRARY

export function sayExerciseDay(date: string): string {
  return sayNearDate(date, language.value, new Date())
}

/** "I dag: lavet". */
export function sayAnswer(date: string, state: 'open' | 'done' | 'not-now'): string {
  const words = staffExercisesText()
  const day = sayExerciseDay(date)
  return words.answerOn(day.charAt(0).toUpperCase() + day.slice(1), words.states[state])
}

/** What an exercise is called; `title`: of one that a colleague wrote. */
export function nameOf(library: Library, ref: ExerciseRef, title: string | null): string {
  const found = 'library' in ref ? library.find((each) => each.id === ref.library) : undefined
  return title ?? found?.name[language.value] ?? staffExercisesText().unknown
}

/** What a step asked, for what the person wrote in it. */
export function questionOf(library: Library, ref: ExerciseRef, step: string): string {
  const found = 'library' in ref ? library.find((each) => each.id === ref.library) : undefined
  return found?.steps.find((each) => each.id === step)?.words[language.value] ?? staffExercisesText().fieldLabel
}

/** By when, or how often. */
export function sayRhythm(given: GivenExercise): string {
  const { when } = staffExercisesText()
  if (given.repeat === 'none') return when.none(given.due_on && sayExerciseDay(given.due_on))
  return when[given.repeat](sayExerciseDay(given.due_on ?? given.given_on), given.until_on && sayExerciseDay(given.until_on))
}
