/** What else a person changes on the phone: own goals, and what to be reminded of. */
import type { Goal, ReminderSettings } from '../api/citizen.ts'
import { newId } from './identifiers.ts'
import { change, records } from './phone.ts'

export interface GoalChange {
  title?: string
  status?: Goal['status']
}

/** Writes down an own goal, or changes one. Its id, or null if the phone would not store it. */
export async function putGoal(goalId: string | null, { title, status }: GoalChange): Promise<string | null> {
  const id = goalId ?? newId()
  const isKept = await change(() => {
    const seen = records.value.goals.find((goal) => goal.id === id)
    const words = title === undefined ? {} : { title: { value: title, base_version: seen?.version ?? 0 } }
    const fields = { ...words, ...(status && { status }) }
    return { drafts: [{ entity: 'goal', entity_id: id, op: 'put', fields }] }
  })
  return isKept ? id : null
}

/** Changes what the person wants to be reminded of; only what was touched is sent. */
export async function changeReminders(fields: Partial<Omit<ReminderSettings, 'version'>>): Promise<boolean> {
  return change(() => {
    const id = records.value.profile?.id ?? newId()
    return { drafts: [{ entity: 'reminder_settings', entity_id: id, op: 'put', fields }] }
  })
}
