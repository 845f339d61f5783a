/** The lists of the form and the numbers to pass on, as the content was rendered for this build: no server is needed. */
import rendered from '../../../generated/desk.json'
import { language } from '../../text/language'

export type ListName = keyof typeof rendered.lists
export type Option = readonly [code: string, name: string]

/** What a list offers, in the language on the screen. */
export function optionsOf(list: ListName): readonly Option[] {
  return rendered.lists[list].map((entry) => [entry.code, entry.name[language.value]] as const)
}

export interface HelpNumber {
  name: string
  display: string
  tel: string
}

export function helpNumbers(): readonly HelpNumber[] {
  return rendered.numbers.map(({ name, display, tel }) => ({ name: name[language.value], display, tel }))
}
