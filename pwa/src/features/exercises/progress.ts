/** How far somebody has come in one exercise, and what was written on the way: kept on this phone until it is saved. */
import { choices } from '../../offline/phone.ts'
import { useDraft, type Draft } from '../draft.ts'
import type { Clock } from './countdown.ts'
import { draftName, type Exercise } from './exercise.ts'

export interface Progress {
  step: number
  /** Of the time that runs at this step. */
  clock: Clock | null
  written: Record<string, string>
  how: number | null
  note: string
  /** Null: as the choice says. */
  offered: boolean | null
}

const BEGUN: Progress = { step: 0, clock: null, written: {}, how: null, note: '', offered: null }

export const LONGEST = 2000

export interface Doing {
  value: Progress
  change: (part: Partial<Progress>) => void
  drop: Draft<Progress>['drop']
}

export function useProgress(exercise: Exercise): Doing {
  const { value, set, drop } = useDraft<Progress>(draftName(exercise), () => BEGUN)
  return { value, change: (part) => set({ ...value, ...part }), drop }
}

/** What was begun and neither saved nor put away; null where nothing was. */
export function begunOf(exercise: Exercise): Progress | null {
  return (choices.value[`draft:${draftName(exercise)}`] as Progress | undefined) ?? null
}

/** Without the empty ones, as they are kept. */
export function wordsIn(written: Record<string, string>): Record<string, string> {
  const said = Object.entries(written).map(([step, words]) => [step, words.trim()] as const)
  return Object.fromEntries(said.filter(([, words]) => words !== ''))
}

export function hasWords({ written, note }: Progress): boolean {
  return note.trim() !== '' || Object.keys(wordsIn(written)).length > 0
}
