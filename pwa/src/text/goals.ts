import { computed } from '@preact/signals'
import { goalsDa } from './goals.da.ts'
import { goalsEn } from './goals.en.ts'
import rendered from '../../generated/goals.json'
import { language } from './language.ts'

export type GoalsText = typeof goalsDa

/** The words about goals: apart from the others, so that the first page stays small. */
export const goalsText = computed<GoalsText>(() => (language.value === 'en' ? goalsEn : goalsDa))

/** What a goal says of itself, as the content was rendered for this build. */
export type Warning = keyof typeof rendered.warnings

/** In the language on the screen, with the mark that stands beside a draft. */
export function warningWords(warning: Warning): { text: readonly string[]; mark: string | null } {
  const { text, draft } = rendered.warnings[warning]
  const spoken = language.value
  return { text: text[spoken], mark: draft[spoken] ? rendered.draft_mark[spoken] : null }
}
