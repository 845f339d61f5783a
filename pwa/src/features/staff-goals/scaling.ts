/** The levels of a goal between the form, where everything is text, and the wire. */
import type { Scaling } from '../../api/staffGoals'

/** An empty text is not said. */
export type Scaled = Record<'importance' | 'difficulty' | 'baseline' | 'reached', string> & { levels: string[] }

const LEVELS = 5
const toText = (number: number | null | undefined) => (number === null || number === undefined ? '' : String(number))
const toNumber = (text: string) => (text === '' ? null : Number(text))

export function startScaling(scaling: Scaling | null): Scaled {
  return {
    importance: toText(scaling?.importance),
    difficulty: toText(scaling?.difficulty),
    baseline: toText(scaling?.baseline),
    reached: toText(scaling?.reached),
    levels: Array.from({ length: LEVELS }, (_, place) => scaling?.levels[place] ?? ''),
  }
}

export function toScaling({ importance, difficulty, baseline, reached, levels }: Scaled): Scaling {
  return {
    importance: toNumber(importance),
    difficulty: toNumber(difficulty),
    baseline: toNumber(baseline),
    reached: toNumber(reached),
    levels: levels.map((level) => level.trim() || null),
  }
}

/** The same levels with other words at one place. */
export function levelsFrom(levels: readonly string[], place: number, words: string): string[] {
  return levels.map((level, index) => (index === place ? words : level))
}
