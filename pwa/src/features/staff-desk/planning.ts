/** Opening the plan of a contact: once for each contact, for the person is told of every time. */
import { openDeskPlan } from '../../api/staffDesk'
import { plans } from './held'

const atOnce = new Set<string>()

/** The worker asked for the plan together with the contact. */
export function showPlanAtOnce(contactId: string): void {
  atOnce.add(contactId)
}

/** Whether that was asked for; the answer is yes only once. */
export function isWantedAtOnce(contactId: string): boolean {
  return atOnce.delete(contactId)
}

export async function fetchPlan(contactId: string, oralYes: boolean): Promise<void> {
  const plan = await openDeskPlan(contactId, oralYes)
  plans.value = { ...plans.value, [contactId]: plan }
}
