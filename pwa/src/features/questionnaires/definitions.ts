/** The questionnaires that this phone carries with it, in the instruments' own words. They change with the app alone. */
import rendered from '../../../generated/questionnaires.json'
import { language, type Language } from '../../text/language.ts'

export interface Item {
  id: string
  answers: string
  /** In the order in which they are shown. */
  values: Record<string, number>
  /** Not asked, and counted 0, where this earlier item was answered with 0. */
  unless_zero: string | null
}

export interface Words {
  title: string
  lead: string
  before: string | null
  credit: string
  items: Record<string, string>
  answers: Record<string, Record<string, string>>
  text: string[]
  draft: boolean
}

export interface Band {
  from: number
  to: number
  source: string
}

export interface Definition {
  code: string
  /** In its address: it tells nobody what the questions are about. */
  at: string
  version: number
  kind: 'items' | 'weeks'
  licence: string
  origin: string
  weeks: number
  items: Item[]
  scoring: { factor: number; from: number; to: number; lowest: 'worst' | 'best' } | null
  /** Background for colleagues; shown to no citizen. */
  bands: Band[]
  words: Record<Language, Words>
}

export const DEFINITIONS = rendered.questionnaires as unknown as readonly Definition[]

export const draftMark = () => rendered.draft_mark[language.value]

export function definitionAt(at: string): Definition | undefined {
  return DEFINITIONS.find((each) => each.at === at)
}

export function definitionOf(code: string): Definition | undefined {
  return DEFINITIONS.find((each) => each.code === code)
}

/** What it is called; a newer server may have told of one that this app does not know. */
export function titleOf(code: string): string {
  return definitionOf(code)?.words[language.value].title ?? code
}
