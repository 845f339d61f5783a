/** The lines of a shared plan as the console keeps them while it is open. */
import type { PlanLine, Section } from '../../api/plan.ts'
import type { PlanEdit, SharedLine } from '../../api/staffTypes'
import { inOrder, isShown, SECTIONS } from '../../offline/plan.ts'
import { after } from '../../offline/position.ts'

export { SECTIONS }

/** What is shown, in the order of the plan. */
export function shown(lines: readonly SharedLine[]): SharedLine[] {
  return inOrder(lines.filter(isShown)) as SharedLine[]
}

/** Puts in a line as the server answered it; its earlier versions stay. */
export function withLine(lines: readonly SharedLine[], line: PlanLine): SharedLine[] {
  const history = lines.find((each) => each.id === line.id)?.history ?? []
  return [...lines.filter((each) => each.id !== line.id), { ...line, history }]
}

interface Wording {
  section: Section
  text: string
  phone: string
}

/** A new line at the end of its section. */
export function newLine(lines: readonly SharedLine[], id: string, mutationId: string, wording: Wording): PlanEdit {
  const last = inOrder(lines.filter((line) => line.section === wording.section)).pop()
  const phone = wording.phone.trim()
  return {
    id,
    mutation_id: mutationId,
    section: wording.section,
    position: after(last?.position ?? null),
    text: { value: wording.text.trim(), parents: [] },
    ...(phone && { phone: { value: phone, parents: [] } }),
  }
}

/** New words for a line, on top of those that were on the screen when the writing began. */
export function changedLine(line: PlanLine, mutationId: string, text: string, seen: readonly string[]): PlanEdit {
  return { id: line.id, mutation_id: mutationId, text: { value: text.trim(), parents: [...seen] } }
}

const LONGEST_TEXT = 2000

/** Which words of a line cannot be saved, by field. */
export function wrongWords(
  values: { text: string; phone?: string },
  words: { required: string; tooLong: string; phoneWrong: string },
): Record<string, string> {
  const text = values.text.trim()
  const phone = values.phone?.trim() ?? ''
  const isNumber = phone === '' || phone.replace(/\D/g, '').length >= 2
  return {
    ...(text === '' && { text: words.required }),
    ...(text.length > LONGEST_TEXT && { text: words.tooLong }),
    ...(!isNumber && { phone: words.phoneWrong }),
  }
}
