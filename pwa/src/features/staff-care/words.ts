import { language } from '../../text/language'
import { sayDate } from '../../ui/days'

/** A day as people say it. */
export function sayCareDay(day: string): string {
  return sayDate(day, language.value, new Date())
}
