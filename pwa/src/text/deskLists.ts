/** What the crisis line ticks, in our own words, as the content was rendered for this build. */
import rendered from '../../generated/desk.json'
import { language } from './language.ts'

export type DeskList = 'reasons' | 'given' | 'outcomes' | 'referrals'

interface Entry {
  code: string
  name: Record<'da' | 'en', string>
}

/** The words for these codes, in the language on the screen. A code that this build does not know stays as it is. */
export function namesOf(list: DeskList, codes: readonly string[]): string[] {
  const entries: Partial<Record<string, Entry[]>> = rendered.lists
  return codes.map((code) => entries[list]?.find((each) => each.code === code)?.name[language.value] ?? code)
}
