/** The levels of a goal between the form, where everything is text, and the wire. */
import type { Scaling } from '../../api/staffGoals'

/** One field for each level, from −2 to +2: two people may write at different ones. */
export const LEVEL_FIELDS = ['level-0', 'level-1', 'level-2', 'level-3', 'level-4'] as const

/** An empty text is not said. */
export type Scaled = Record<'importance' | 'difficulty' | 'baseline' | 'reached' | (typeof LEVEL_FIELDS)[number], string>

const toText = (number: number | null | undefined) => (number === null || number === undefined ? '' : String(number))
const toNumber = (text: string) => (text === '' ? null : Number(text))

export function startScaling(scaling: Scaling | null): Scaled {
  const levels = Object.fromEntries(LEVEL_FIELDS.map((field, place) => [field, scaling?.levels[place] ?? '']))
  return {
    ...(levels as Record<(typeof LEVEL_FIELDS)[number], string>),
    importance: toText(scaling?.importance),
    difficulty: toText(scaling?.difficulty),
    baseline: toText(scaling?.baseline),
    reached: toText(scaling?.reached),
  }
}

export function toScaling(values: Scaled): Scaling {
  return {
    importance: toNumber(values.importance),
    difficulty: toNumber(values.difficulty),
    baseline: toNumber(values.baseline),
    reached: toNumber(values.reached),
    levels: LEVEL_FIELDS.map((field) => values[field].trim() || null),
  }
}
