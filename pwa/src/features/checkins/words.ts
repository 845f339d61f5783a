import { checkinsText } from '../../text/checkins.ts'
import { text } from '../../text/text.ts'
import { describeDate } from '../../text/when.ts'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'

/** "26. november kl. 10.00". */
export function whenWritten(at: string): string {
  const { date, time } = copenhagenWall(at)
  const { when } = text.value
  return `${describeDate(date, wallNow.value.date, when)} ${when.at(time)}`
}

/** "Humør 4 · Trang 7", as far as they were chosen. */
export function numbersOf({ mood, urge }: { mood: number | null; urge: number | null }): string {
  const words = checkinsText.value
  return [mood !== null && words.moodIs(mood), urge !== null && words.urgeIs(urge)].filter(Boolean).join(' · ')
}
