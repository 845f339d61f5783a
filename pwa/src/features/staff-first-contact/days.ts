import type { StaffFirstContact } from '../../api/staffTypes'
import type { StaffConsoleText } from '../../text/staffConsole'
import { sayNearDate } from '../../ui/days'

const DAY_MS = 86_400_000

/** Where somebody stands with the days from first contact to first talk, in one sentence. */
export function daysSentence(clock: StaffFirstContact, words: StaffConsoleText['days'], language: 'da' | 'en', now: Date): string {
  if (clock.stopped_on) {
    const days = Math.round((Date.parse(clock.stopped_on) - Date.parse(clock.on)) / DAY_MS)
    return words.stopped(sayNearDate(clock.stopped_on, language, now), days)
  }
  if (!clock.has_clock) return words.none
  if (clock.waived) return `${words.waived}: ${clock.waived[language]}.`
  return clock.day > clock.days_limit ? words.over(clock.day, clock.days_limit) : words.running(clock.day, clock.days_limit)
}
