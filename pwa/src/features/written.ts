import { text } from '../text/text.ts'
import { describeDate } from '../text/when.ts'
import { copenhagenWall } from '../ui/copenhagen.ts'
import { wallNow } from './clock.ts'

/** "26. november kl. 10.00": when something was written, by the phone's own clock. */
export function whenWritten(at: string): string {
  const { date, time } = copenhagenWall(at)
  const { when } = text.value
  return `${describeDate(date, wallNow.value.date, when)} ${when.at(time)}`
}
