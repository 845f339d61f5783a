/** What a crisis plan looks like on this phone: what the server told, with what waits applied on top. */
import type { PlanLine, PlanVersion, Section } from '../api/plan.ts'
import type { QueuedMutation, Written } from './mutations.ts'

/** In the order in which they stand. */
export const SECTIONS: readonly Section[] = [
  'warning-signs',
  'own-actions',
  'distraction',
  'people-to-ask',
  'professionals',
  'safer-around-me',
  'living-for',
  'helps-from-others',
  'does-not-help',
  'practical',
]

export type Field = 'text' | 'phone'

export function emptyLine(id: string): PlanLine {
  return { id, section: null, position: null, text: [], phone: [], links: [], deleted: false, restored: false, erased: false }
}

/** What stays of a line that its owner has made gone for good. */
export function tombstone(id: string): PlanLine {
  return { ...emptyLine(id), erased: true }
}

function write(heads: readonly PlanVersion[], mutation: QueuedMutation, field: Field): PlanVersion[] {
  const written = mutation.fields[field] as Written | undefined
  const version = mutation.made[field]
  // The server may have told of it before its answer arrived.
  if (!written || !version || heads.some((head) => head.version === version)) return [...heads]
  const own: PlanVersion = { version, value: written.value, author: 'citizen', author_name: null, at: mutation.device_at }
  return [...heads.filter((head) => !written.parents.includes(head.version)), own]
}

function put(line: PlanLine, mutation: QueuedMutation): PlanLine {
  const { section, position, links, restored } = mutation.fields as Partial<PlanLine>
  return {
    ...line,
    section: section ?? line.section,
    position: position ?? line.position,
    text: write(line.text, mutation, 'text'),
    phone: write(line.phone, mutation, 'phone'),
    links: links ?? line.links,
    deleted: false,
    restored: restored ?? (line.restored || line.deleted),
  }
}

function remove(line: PlanLine, mutation: QueuedMutation): PlanLine {
  if (line.deleted) return line
  const seen = new Set(mutation.fields['parents'] as string[])
  const knewAll = [...line.text, ...line.phone].every((head) => seen.has(head.version))
  return { ...line, deleted: knewAll, restored: !knewAll }
}

/** One change of a line, as the server will make it. */
export function applyToLine(line: PlanLine | undefined, mutation: QueuedMutation): PlanLine | undefined {
  if (line?.erased || mutation.op === 'erase') return tombstone(mutation.entity_id)
  if (mutation.op === 'put') {
    const isNamed = line !== undefined || mutation.fields['section'] !== undefined
    return isNamed ? put(line ?? emptyLine(mutation.entity_id), mutation) : undefined
  }
  return line && mutation.op === 'delete' ? remove(line, mutation) : line
}

/** The versions of a line that stand now: what a person sees before changing or deleting it. */
export function headsOf(line: PlanLine, field?: Field): string[] {
  const heads = field ? line[field] : [...line.text, ...line.phone]
  return heads.map((head) => head.version)
}

const bySign = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Section by section, then by position; equal positions are kept apart by id. */
export function inOrder(lines: readonly PlanLine[]): PlanLine[] {
  const rank = (line: PlanLine) => SECTIONS.indexOf(line.section as Section)
  return [...lines].sort(
    (a, b) => rank(a) - rank(b) || bySign(a.position ?? '', b.position ?? '') || bySign(a.id, b.id),
  )
}

/** What belongs on the page. */
export function isShown(line: PlanLine): boolean {
  return !line.deleted && !line.erased && line.section !== null
}
