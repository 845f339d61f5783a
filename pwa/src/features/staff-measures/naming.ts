/** What windows and questionnaires are called at the console. */
import { language } from '../../text/language.ts'
import { staffMeasuresText } from '../../text/staffMeasures.ts'
import { definitionOf } from '../questionnaires/definitions.ts'

const MONTH = /^month-(\d+)$/
const FOLLOW_UP = /^follow-up-(\d+)$/

/** What the person reads, and by what name colleagues know the instrument: "Sådan har du haft det (WHO-5)". */
export function nameOf(code: string): string {
  const definition = definitionOf(code)
  if (!definition) return code
  const { title, credit } = definition.words[language.value]
  return definition.kind === 'items' ? `${title} (${credit.split(',')[0] ?? ''})` : title
}

/** "Efter 3 mdr."; a key of a newer server stands as it is. */
export function windowName(key: string): string {
  const { keys } = staffMeasuresText().plans
  if (key === 'start' || key === 'end') return keys[key]
  const [, month] = MONTH.exec(key) ?? []
  if (month) return keys.month(Number(month))
  const [, after] = FOLLOW_UP.exec(key) ?? []
  return after ? keys.followUp(Number(after)) : key
}

/** The last day on which a window is open. */
export function lastDay(expiresOn: string): string {
  return new Date(Date.parse(expiresOn) - 86_400_000).toISOString().slice(0, 10)
}

/** A whole number as it was typed; null if it is none within the span. */
export function wholeWithin(typed: string, from: number, to: number): number | null {
  const number = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : null
  return number !== null && number >= from && number <= to ? number : null
}
