/** Exercises as staff give them, see what came of them, and write their own. */
import type { Block, ExerciseRef, Outcome, Repeat } from './exercises.ts'
import { ask, call, list } from './staff'

export interface GivenExercise {
  id: string
  ref: ExerciseRef
  /** Of one that a colleague wrote; the library's names are in the app. */
  title: string | null
  goal_id: string | null
  given_on: string
  due_on: string | null
  repeat: Repeat
  until_on: string | null
  line: string | null
  by_name: string
  status: 'active' | 'withdrawn'
  version: number
}

/** `open`: not answered, or not shared; nobody learns which. */
export interface ExerciseDay {
  on: string
  state: 'open' | Outcome
  answer_id: string | null
}

export interface SharedAnswer {
  id: string
  assignment_id: string | null
  ref: ExerciseRef
  title: string | null
  on: string
  at: string
  outcome: Outcome
  how: number | null
  fields: Record<string, string>
  note: string | null
}

export interface PersonExercises {
  items: { assignment: GivenExercise; occurrences: ExerciseDay[] }[]
  shared: boolean
  answers: SharedAnswer[]
}

export interface NewGiven {
  id: string
  ref: ExerciseRef
  goal_id: string | null
  due_on: string | null
  repeat: Repeat
  until_on: string | null
  line: string | null
}

export type GivenChange = Partial<Pick<GivenExercise, 'goal_id' | 'due_on' | 'repeat' | 'until_on' | 'line'>> & { status?: 'withdrawn' }

export const PROFESSIONS = ['social-worker', 'pedagogue', 'nurse', 'psychologist', 'doctor', 'peer', 'other'] as const
export type Profession = (typeof PROFESSIONS)[number]

export interface OwnText {
  title: string
  lead: string
  body: string
  method: string
  profession: Profession
}

export interface OwnExercise extends Omit<OwnText, 'profession'> {
  id: string
  status: 'draft' | 'submitted' | 'shared' | 'withdrawn'
  version: number
  blocks: Block[]
  author_name: string
  author_profession: Profession
  reviewed: { by_name: string; profession: Profession; at: string } | null
  remark: string | null
  is_own: boolean
  may_give: boolean
  updated_at: string
}

export type FaultKind = 'html' | 'link' | 'picture' | 'code' | 'quote' | 'rule'

export interface Preview {
  blocks: Block[]
  faults: { line: number; what: FaultKind }[]
}

const one = encodeURIComponent
const personPath = (citizenId: string) => `/staff/citizens/${one(citizenId)}/exercises`
const ownPath = (id: string, step = '') => `/staff/exercises/${one(id)}${step}`
const seen = (version: number) => ({ version })

/** Each look is on the trail, so they are asked for only when somebody wants to read. */
export const getPersonExercises = (citizenId: string): Promise<PersonExercises> => call(personPath(citizenId))

export const giveExercise = (citizenId: string, given: NewGiven): Promise<GivenExercise> =>
  call(personPath(citizenId), { method: 'POST', body: given })

export const changeGiven = (id: string, version: number, change: GivenChange): Promise<GivenExercise> =>
  call(`/staff/exercise-assignments/${one(id)}`, { method: 'PATCH', body: change, ...seen(version) })

export const listOwnExercises = (): Promise<OwnExercise[]> => list('/staff/exercises')

export const addOwnExercise = (text: OwnText & { id: string }): Promise<OwnExercise> => call('/staff/exercises', { method: 'POST', body: text })

export const rewriteExercise = (id: string, version: number, text: OwnText): Promise<OwnExercise> =>
  call(ownPath(id), { method: 'PUT', body: text, ...seen(version) })

/** What a phone would show of a text; nothing is kept. */
export const previewExercise = (body: string): Promise<Preview> => ask('/staff/exercises/preview', { method: 'POST', body: { body } })

export const submitExercise = (id: string, version: number): Promise<OwnExercise> => call(ownPath(id, '/submit'), { method: 'POST', ...seen(version) })

export const withdrawExercise = (id: string, version: number): Promise<OwnExercise> => call(ownPath(id, '/withdraw'), { method: 'POST', ...seen(version) })

export const reviewExercise = (id: string, version: number, said: { approved: boolean; profession: Profession; remark: string | null }): Promise<OwnExercise> =>
  call(ownPath(id, '/review'), { method: 'POST', body: said, ...seen(version) })
