/** What else a person changes on the phone: own goals, and what to be reminded of. */
import type { Goal, ReminderSettings } from '../api/citizen.ts'
import { newId } from './identifiers.ts'
import type { QueueRow } from './mutations.ts'
import { change } from './phone.ts'
import { readRecords } from './records.ts'

export interface GoalChange extends Partial<Pick<Goal, 'status' | 'kind' | 'theme' | 'review_on' | 'achievement' | 'counts_from'>> {
  title?: string
}

const AFTER = 1000

/** Own changes of a thing that the record on the phone may not hold yet, by their ids. */
function ownChanges(rows: readonly QueueRow[], isOf: (change: QueueRow['value']) => boolean): string[] {
  return rows.filter(({ value }) => value.status !== 'refused' && isOf(value)).map(({ value }) => value.mutation_id).slice(-AFTER)
}

/** Writes down an own goal, or changes one. Its id, or null if the phone would not store it. */
export async function putGoal(goalId: string | null, { title, ...said }: GoalChange): Promise<string | null> {
  const id = goalId ?? newId()
  const isKept = await change(async (rows, vault) => {
    const told = (await readRecords(vault)).goals.find((goal) => goal.id === id)
    const after = ownChanges(rows, ({ entity_id, fields }) => entity_id === id && 'title' in fields)
    const words = title === undefined ? {} : { title: { value: title, base_version: told?.version ?? 0, after } }
    return { drafts: [{ entity: 'goal', entity_id: id, op: 'put', fields: { ...words, ...said } }] }
  })
  return isKept ? id : null
}

/**
 * Changes what the person wants to be reminded of; only what was touched is sent, and what the person saw: an "on"
 * that was said before the person saw an "off" from another phone does not undo it.
 */
export async function changeReminders(fields: Partial<Omit<ReminderSettings, 'version'>>): Promise<boolean> {
  return change(async (rows, vault) => {
    const { profile } = await readRecords(vault)
    const after = ownChanges(rows, ({ entity }) => entity === 'reminder_settings')
    const seen = { version: profile?.reminders.version ?? 0, after }
    return { drafts: [{ entity: 'reminder_settings', entity_id: profile?.id ?? newId(), op: 'put', fields: { ...fields, seen } }] }
  })
}
