import { checkinsText } from '../../text/checkins.ts'

/** "Humør 4 · Trang 7", as far as they were chosen. */
export function numbersOf({ mood, urge }: { mood: number | null; urge: number | null }): string {
  const words = checkinsText.value
  return [mood !== null && words.moodIs(mood), urge !== null && words.urgeIs(urge)].filter(Boolean).join(' · ')
}
