import type { Text } from '../../text/text.ts'

const LONGEST = 300

/** Why these words are no goal yet; null if they are one. */
export function troubleWithGoal(value: string, words: Text['goals']): string | null {
  if (value.trim() === '') return words.nothing
  return value.trim().length > LONGEST ? words.tooLong : null
}
