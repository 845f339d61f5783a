/** The exercises that this phone carries with it. They change with the app, never by themselves. */
import rendered from '../../../generated/exercises.json'
import { language, type Language } from '../../text/language.ts'

type Said<T = string> = Record<Language, T>

export interface Step {
  id: string
  kind: 'text' | 'timer' | 'breathe' | 'field'
  /** Of a timer its length, of a breath how long it goes in. */
  seconds?: number
  seconds_out?: number
  rounds?: number
  lines?: number
  words: Said
  hint: Said | null
}

export type Need = 'unrest' | 'urge' | 'night' | 'thoughts' | 'people' | 'way'

export interface LibraryExercise {
  id: string
  /** In its address: it tells nobody what the exercise is about. */
  at: string
  needs: Need[]
  moment: 'acute' | 'daily' | 'homework'
  minutes: number
  name: Said
  lead: Said
  after: Said
  stop: Said | null
  text: Said<string[]>
  draft: Said<boolean>
  steps: Step[]
}

/** In the order of the list: what helps in the hard moment first. */
export const LIBRARY = rendered.exercises as unknown as readonly LibraryExercise[]
export const NEEDS: readonly Need[] = ['unrest', 'urge', 'night', 'thoughts', 'people', 'way']

export const draftMark = () => rendered.draft_mark[language.value]

export function findAt(at: string): LibraryExercise | undefined {
  return LIBRARY.find((each) => each.at === at)
}

export function findById(id: string): LibraryExercise | undefined {
  return LIBRARY.find((each) => each.id === id)
}
