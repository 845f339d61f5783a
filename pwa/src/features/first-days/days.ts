import type { FirstContact } from '../../api/citizen.ts'
import type { FirstDaysText } from '../../text/firstDays.ts'

const DAY_MS = 86_400_000

/** What the person is told about the days until the first talk; nothing once there is nothing to wait for. */
export function daysLines(clock: FirstContact, today: string, words: FirstDaysText, language: 'da' | 'en'): string[] {
  if (!clock.has_clock || clock.stopped_on !== null) return []
  const { days_limit: limit, waived } = clock
  if (waived) return [words.waived(limit, waived[language]), words.wrong]
  const day = Math.max(0, Math.round((Date.parse(today) - Date.parse(clock.on)) / DAY_MS))
  if (day === 0) return [words.today(limit)]
  return [day > limit ? words.over(day, limit) : words.running(day, limit)]
}
