import { signal } from '@preact/signals'
import type { ReminderSettings } from '../../api/citizen.ts'
import { changeReminders } from '../../offline/own.ts'

/** What came of the last tap; shown as one quiet line. */
export type Outcome = 'saved' | 'needsNet' | null

export const outcome = signal<Outcome>(null)

/** Changes what the person wants to be reminded of: here at once, on every phone when it was sent. False: not kept. */
export async function changeSettings(change: Partial<Omit<ReminderSettings, 'version'>>): Promise<boolean> {
  outcome.value = null
  const isKept = await changeReminders(change)
  if (isKept) outcome.value = 'saved'
  return isKept
}
