/** Who may read the plan: asked of the server, for it holds at once or not at all. */
import { signal } from '@preact/signals'
import { getSharing, putSharing, type SharingPurpose, type SharingRow } from '../../api/plan.ts'
import { refresh } from '../../offline/phone.ts'
import { sharingChoices } from '../../offline/plan-store.ts'

export const PURPOSES: readonly SharingPurpose[] = ['contact-person', 'crisis-line']

/** Names the words under which a person says yes: change it whenever what they mean changes. */
const TEXT_VERSION = 'plan-1'

/** What the server said last; null until it has been reached. */
export const answered = signal<readonly SharingRow[] | null>(null)

/** The state of one choice: from the server, else as the phone last heard it. */
export function choiceOf(purpose: SharingPurpose): { given: boolean; row: SharingRow | null } {
  const row = answered.value?.find((each) => each.purpose === purpose) ?? null
  const kept = sharingChoices.value.find((each) => each.purpose === purpose)
  return { given: row?.given ?? kept?.given ?? false, row }
}

/** Asks who can read the plan now; silent if there is no connection. */
export async function ask(): Promise<void> {
  answered.value = await getSharing().catch(() => null)
}

/** Says yes, or takes it back. False: nothing was changed. */
export async function decide(purpose: SharingPurpose, given: boolean): Promise<boolean> {
  try {
    answered.value = await putSharing({ purpose, item_class: 'crisis-plan', given, text_version: TEXT_VERSION })
  } catch {
    return false
  }
  void refresh()
  return true
}
