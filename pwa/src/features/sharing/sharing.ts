/** Who may read the plan, and see how it goes: asked of the server, for it holds at once or not at all. */
import { signal } from '@preact/signals'
import { getSharing, putSharing, type SharedThing, type Sharing, type SharingPurpose, type SharingRow } from '../../api/plan.ts'
import { withPatience } from '../../offline/forget.ts'
import { whenNothingIsShown } from '../../offline/held.ts'
import { refresh } from '../../offline/phone.ts'
import { sharingChoices } from '../../offline/plan-store.ts'

export const PURPOSES: readonly SharingPurpose[] = ['contact-person', 'crisis-line']

/** Names the words under which a person says yes: change it whenever what they mean changes. */
const TEXT_VERSION: Record<SharedThing, Record<SharingPurpose, string>> = {
  'crisis-plan': { 'contact-person': 'plan-1', 'crisis-line': 'plan-2' },
  'check-ins': { 'contact-person': 'check-ins-1', 'crisis-line': 'check-ins-1' },
  exercises: { 'contact-person': 'exercises-1', 'crisis-line': 'exercises-1' },
  questionnaires: { 'contact-person': 'questionnaires-1', 'crisis-line': 'questionnaires-1' },
}

/** What the server said last; null until it has been reached. */
export const answered = signal<readonly SharingRow[] | null>(null)
/** What is on its way when nothing may be shown any more is about somebody who has left. */
let forgotten = 0
/** What was asked for before something was decided is older than that. */
let decided = 0
let lastDecision: Promise<unknown> = Promise.resolve()
whenNothingIsShown(() => {
  forgotten += 1
  answered.value = null
})

/** The state of one choice: from the server, else as the phone last heard it. */
export function choiceOf(purpose: SharingPurpose, thing: SharedThing = 'crisis-plan'): { given: boolean; row: SharingRow | null } {
  const isIt = (each: Sharing) => each.purpose === purpose && each.item_class === thing
  const row = answered.value?.find(isIt) ?? null
  const kept = sharingChoices.value.find(isIt)
  return { given: row?.given ?? kept?.given ?? false, row }
}

/** Asks who can read the plan now; silent if there is no connection. */
export async function ask(): Promise<void> {
  const before = [forgotten, decided]
  const told = await getSharing().catch(() => null)
  if (before[0] === forgotten && before[1] === decided) answered.value = told
}

async function carryOut(choice: Sharing, before: number): Promise<boolean> {
  try {
    const told = await putSharing(choice)
    decided += 1
    if (before === forgotten) answered.value = told
  } catch {
    return false
  }
  await withPatience(refresh())
  return true
}

/**
 * Says yes, or takes it back, one after the other, and lets the phone hear of it: what is written next follows it.
 * False: nothing was changed.
 */
export function decide(purpose: SharingPurpose, given: boolean, thing: SharedThing = 'crisis-plan'): Promise<boolean> {
  const choice = { purpose, item_class: thing, given, text_version: TEXT_VERSION[thing][purpose] }
  const before = forgotten
  const deciding = lastDecision.then(() => carryOut(choice, before))
  lastDecision = deciding
  return deciding
}
