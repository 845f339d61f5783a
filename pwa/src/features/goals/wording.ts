/** How goals speak about themselves. */
import { records, standing } from '../../offline/phone.ts'
import type { GoalsText } from '../../text/goals.ts'
import { text } from '../../text/text.ts'
import { describeDate, describeWhen } from '../../text/when.ts'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'
import { readerName } from '../readers.ts'

/** A title, and a step. */
export const LONGEST_LINE = 300
export const LONGEST_WORDS = 2000

/** Why these words cannot be kept; null if they can. */
export function troubleWith(value: string, words: Pick<GoalsText, 'nothing' | 'tooLong'>, longest = LONGEST_LINE): string | null {
  if (value.trim() === '') return words.nothing
  return value.trim().length > longest ? words.tooLong : null
}

/** Whom the person tells, by name where it is known: the contact person, or whoever stands in where there is none. */
export function contactPerson(words: Pick<GoalsText, 'contactPerson'>): string {
  return readerName(records.value.profile) ?? words.contactPerson
}

/** Who sees a goal itself: all who work with the person, and nobody on a phone that is not paired. */
export function whoSees({ seen }: Pick<GoalsText, 'seen'>, isPaired = standing.value === 'paired'): string {
  return isPaired ? seen.paired : seen.alone
}

export function dateInWords(date: string): string {
  return describeDate(date, wallNow.value.date, text.value.when)
}

/** An instant as people say it, where it begins a line. */
export function momentInWords(instant: string): string {
  const { date, time } = copenhagenWall(instant)
  const said = describeWhen(`${date}T${time}`, wallNow.value.date, text.value.when)
  return said.charAt(0).toLocaleUpperCase() + said.slice(1)
}
