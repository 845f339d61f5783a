import { signal } from '@preact/signals'
import { putReminderSettings, sendTestReminder, type ReminderSettings } from '../../api/citizen.ts'
import { ApiProblem } from '../../api/client.ts'
import { keepProfile, records, refresh } from '../../offline/phone.ts'

/** What came of the last tap; shown as one quiet line. */
export type Outcome = 'saved' | 'changed' | 'needsNet' | 'testSent' | 'testMany' | null

export const outcome = signal<Outcome>(null)

/** Changes what the person wants to be reminded of; kept on the server, so that every phone agrees. */
export async function changeSettings(change: Partial<ReminderSettings>): Promise<void> {
  const { profile } = records.value
  if (!profile) return
  outcome.value = null
  try {
    const reminders = await putReminderSettings({ ...profile.reminders, ...change })
    await keepProfile({ ...profile, reminders: { ...profile.reminders, ...reminders } })
    outcome.value = 'saved'
  } catch (error) {
    const isStale = error instanceof ApiProblem && error.status === 412
    outcome.value = isStale ? 'changed' : 'needsNet'
    if (isStale) await refresh()
  }
}

/** Asks for one neutral notice to this phone. */
export async function sendTest(): Promise<void> {
  outcome.value = null
  try {
    await sendTestReminder()
    outcome.value = 'testSent'
  } catch (error) {
    outcome.value = error instanceof ApiProblem && error.status === 429 ? 'testMany' : 'needsNet'
  }
}
