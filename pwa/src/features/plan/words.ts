/** How the plan speaks about its lines. */
import type { PlanLine, PlanVersion } from '../../offline/plan-store.ts'
import type { PlanText } from '../../text/plan.ts'

export const LONGEST_TEXT = 2000
const LONGEST_PHONE = 40
const FEWEST_DIGITS = 2

/** The words of a line in short, for what is read aloud about it. */
export function nameOf(line: Pick<PlanLine, 'text' | 'phone'>): string {
  return line.text.find((each) => each.value)?.value ?? line.phone.find((each) => each.value)?.value ?? ''
}

/** The numbers of a line that can be called, each one once. */
export function numbersOf(line: Pick<PlanLine, 'phone'>): string[] {
  return [...new Set(line.phone.map((each) => each.value).filter((value) => value !== null && value !== ''))] as string[]
}

/** An address that calls a number. */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, '')}`
}

export function authorOf(version: Pick<PlanVersion, 'author' | 'author_name'>, words: PlanText['by']): string {
  if (version.author === 'citizen') return words.you
  return version.author_name ? words.staff(version.author_name) : words.someone
}

/** Why these words cannot be kept; null if they can. */
export function troubleWithText(value: string, words: PlanText['section']): string | null {
  if (value.trim() === '') return words.nothing
  return value.trim().length > LONGEST_TEXT ? words.tooLong : null
}

/** Why this number cannot be kept; null if it can, or if there is none. */
export function troubleWithPhone(value: string, words: PlanText['section']): string | null {
  const number = value.trim()
  if (number === '') return null
  const digits = number.replace(/\D/g, '').length
  return digits < FEWEST_DIGITS || number.length > LONGEST_PHONE ? words.phoneWrong : null
}

/** Sections in which a line can have a number to call. */
export function hasPhone(section: string): boolean {
  return section === 'people-to-ask' || section === 'professionals' || section === 'distraction'
}
