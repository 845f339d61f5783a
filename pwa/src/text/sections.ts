/** The sections of the plan in our own words, as the content was rendered for this build. */
import rendered from '../../generated/plan.json'
import { language } from './language.ts'

export interface SectionWords {
  name: string
  text: readonly string[]
  suggestions: readonly string[]
}

/** What a section is called and asks for, in the language on the screen. */
export function sectionWords(section: string): SectionWords {
  const found = rendered.sections.find((each) => each.id === section)
  const spoken = language.value
  return found
    ? { name: found.name[spoken], text: found.text[spoken], suggestions: found.suggestions[spoken] }
    : { name: section, text: [], suggestions: [] }
}

/** Said under the page while a text has not been reviewed by a professional; null when all have. */
export function draftMark(): string | null {
  const isDraft = rendered.sections.some((each) => each.draft[language.value])
  return isDraft ? rendered.draft_mark[language.value] : null
}
