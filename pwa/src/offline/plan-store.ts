/** The crisis plan as every page reads and writes it: on the phone first, paired or not, with or without a network. */
import { computed } from '@preact/signals'
import type { PlanLine as PulledLine, Section } from '../api/plan.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { newId } from './identifiers.ts'
import { dropMutation, isUnsent, type Draft } from './mutations.ts'
import { change, queue, records, unsent } from './phone.ts'
import { emptyLine, headsOf, inOrder, isShown, type Field } from './plan.ts'
import { after, place } from './position.ts'

export { SECTIONS, type Field } from './plan.ts'
export type { PlanVersion, Section } from '../api/plan.ts'

export interface PlanLine extends Omit<PulledLine, 'section' | 'position'> {
  section: Section
  position: string
  /** Something about it has not been sent yet. */
  waiting: boolean
}

const waitingIds = computed(() => new Set(queue.value.filter((each) => each.status === 'waiting').map((each) => each.entity_id)))

function toShown(line: PulledLine): PlanLine {
  const { section, position } = line
  return { ...line, section: section as Section, position: position ?? '', waiting: waitingIds.value.has(line.id) }
}

/** In the order in which they stand, without what was deleted. */
export const planLines = computed<readonly PlanLine[]>(() => inOrder(records.value.lines.filter(isShown)).map(toShown))
export const plan = computed(() => ({ review_on: records.value.plan?.review_on ?? null }))
export const sharingChoices = computed(() => records.value.sharing)
/** Words that could not be saved, until the person has seen them. Answers to appointments say it themselves. */
export const refusedEdits = computed(() =>
  records.value.rejected
    .filter((each) => each.entity !== 'appointment' && each.content !== '')
    .map((each) => ({ ...each, texts: each.content.split('\n') })),
)
/** How many changes wait to be sent. */
export const pending = unsent

function lineOf(lineId: string): PulledLine | undefined {
  return records.value.lines.find((line) => line.id === lineId && !line.erased)
}

function put(lineId: string, fields: Draft['fields']): Draft {
  return { entity: 'plan_line', entity_id: lineId, op: 'put', fields }
}

/** What this page has written on top of what: the person saw it, however long the editing takes. */
const successors = new Map<string, Set<string>>()

function withSuccessors(seen: readonly string[]): string[] {
  const all = new Set(seen)
  for (const version of all) successors.get(version)?.forEach((later) => all.add(later))
  return [...all]
}

function rememberOwn(lineId: string, field: Field, parents: readonly string[]): void {
  const own = queue.value.filter((each) => each.entity_id === lineId).pop()?.made[field]
  if (own) parents.forEach((parent) => successors.set(parent, new Set([...(successors.get(parent) ?? []), own])))
}

async function write(lineId: string, field: Field, value: string | null, seen: readonly string[] | undefined): Promise<boolean> {
  let parents: string[] = []
  const isKept = await change(() => {
    const line = lineOf(lineId)
    parents = withSuccessors(seen ?? (line ? headsOf(line, field) : []))
    return { drafts: line ? [put(lineId, { [field]: { value, parents } })] : [] }
  })
  if (isKept) rememberOwn(lineId, field, parents)
  return isKept
}

/** Adds a line at the end of a section. Its id, or null if the phone would not store it. */
export async function addLine(section: Section, text: string, phone?: string, id = newId()): Promise<string | null> {
  const isKept = await change(() => {
    const last = inOrder(records.value.lines.filter((line) => line.section === section)).pop()
    const words = { text: { value: text, parents: [] }, ...(phone && { phone: { value: phone, parents: [] } }) }
    return { drafts: [put(id, { section, position: after(last?.position ?? null), ...words })] }
  })
  return isKept ? id : null
}

/** Writes new words. `seen`: the versions that were on the screen when the person began; others stay beside it. */
export function editText(lineId: string, value: string, seen?: readonly string[]): Promise<boolean> {
  return write(lineId, 'text', value, seen)
}

export function editPhone(lineId: string, value: string | null, seen?: readonly string[]): Promise<boolean> {
  return write(lineId, 'phone', value, seen)
}

/** Lets one of several versions stand alone; the others stay in the history. */
export function chooseVersion(lineId: string, field: Field, value: string | null, seen?: readonly string[]): Promise<boolean> {
  return write(lineId, field, value, seen)
}

/** Takes a line out. It can come back: by undoing, or because somebody else was writing in it. */
export function removeLine(lineId: string): Promise<boolean> {
  return change(() => {
    const line = lineOf(lineId)
    const parents = line ? headsOf(line) : []
    return { drafts: line ? [{ entity: 'plan_line', entity_id: lineId, op: 'delete', fields: { parents } }] : [] }
  })
}

/** Undoes a deletion. */
export function restoreLine(lineId: string): Promise<boolean> {
  return change((rows) => {
    const last = rows.filter((row) => row.value.entity_id === lineId).pop()
    if (last?.value.op === 'delete' && isUnsent(last.value)) return { drafts: [], changes: [dropMutation(last)] }
    const line = lineOf(lineId)
    return { drafts: line?.deleted ? [put(lineId, { position: line.position, restored: false })] : [] }
  })
}

/** The person has seen that a deleted line came back, and keeps it. */
export function keepRestored(lineId: string): Promise<boolean> {
  return change(() => ({ drafts: lineOf(lineId)?.restored ? [put(lineId, { restored: false })] : [] }))
}

/** "Slet helt": its words are gone from this phone at once, and from everywhere else when it was sent. */
export function eraseLine(lineId: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'plan_line', entity_id: lineId, op: 'erase', fields: {} }],
    changes: [...forgetAll('plan_line', lineId, rows), ...(await forgetRefused(vault, lineId))],
  }))
}

/** Changes place with its neighbour in the section. */
export function moveLine(lineId: string, direction: 'up' | 'down'): Promise<boolean> {
  return change(() => {
    const section = planLines.value.find((line) => line.id === lineId)?.section
    const order = planLines.value.filter((line) => line.section === section)
    const target = order.findIndex((line) => line.id === lineId) + (direction === 'up' ? -1 : 1)
    if (section === undefined || target < 0 || target >= order.length) return { drafts: [] }
    return { drafts: place(order, lineId, target).map(({ id, position }) => put(id, { position })) }
  })
}

/** Puts a line at a position that was worked out elsewhere. */
export function placeLine(lineId: string, position: string): Promise<boolean> {
  return change(() => ({ drafts: lineOf(lineId) ? [put(lineId, { position })] : [] }))
}

/** Ties a sign to something the person can do, or unties it. */
export function linkAction(signId: string, actionId: string, on: boolean): Promise<boolean> {
  return change(() => {
    const sign = lineOf(signId) ?? emptyLine(signId)
    const others = sign.links.filter((id) => id !== actionId)
    return { drafts: sign.section ? [put(signId, { links: on ? [...others, actionId] : others })] : [] }
  })
}

/** The day on which the person wants to look at the plan again, or none. */
export function setReview(date: string | null): Promise<boolean> {
  return change((rows) => ({
    drafts: [{ entity: 'plan', entity_id: records.value.plan?.id ?? newId(), op: 'review', fields: { review_on: date } }],
    changes: rows.filter((row) => row.value.entity === 'plan' && isUnsent(row.value)).map(dropMutation),
  }))
}

/** The person has seen, or copied, what could not be saved. */
export function dismissRefused(id: string): Promise<boolean> {
  return change((rows) => {
    const here = rows.find((row) => row.value.status === 'refused' && row.value.mutation_id === id)
    if (here) return { drafts: [], changes: [dropMutation(here)] }
    return { drafts: [{ entity: 'rejected_edit', entity_id: id, op: 'dismiss', fields: {} }] }
  })
}
