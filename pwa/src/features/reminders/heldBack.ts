/** An "on" that the house did not carry out, because an "off" from another phone was not known to whoever said it. */
import { effect, untracked } from '@preact/signals'
import type { ReminderSettings } from '../../api/citizen.ts'
import type { QueuedMutation } from '../../offline/mutations.ts'
import { choices, choose, queue, records } from '../../offline/phone.ts'

export type Wanted = Partial<Pick<ReminderSettings, 'appointments' | 'week_before' | 'two_hours_before' | 'messages' | 'sessions' | 'exercises' | 'questionnaires' | 'paused_until'>>
type Choice = keyof Wanted

const KEPT = 'reminders_held_back'

function endOf(until: string | null | undefined, now: Date): number {
  return Math.max(until ? new Date(until).getTime() : 0, now.getTime())
}

/** Whether this choice brings fewer reminders than was wanted: turned off, or a longer pause. */
function isQuieter(choice: Choice, settings: ReminderSettings, wanted: Wanted, now: Date): boolean {
  if (choice === 'paused_until') return endOf(settings.paused_until, now) > endOf(wanted.paused_until, now)
  return wanted[choice] === true && settings[choice] === false
}

/** What the person's own changes of the reminders come to, apart from those that were refused as a whole. */
function wantedIn(mutations: readonly QueuedMutation[], refused: ReadonlySet<string>): Wanted {
  const own = mutations.filter(({ entity, mutation_id }) => entity === 'reminder_settings' && !refused.has(mutation_id))
  return own.reduce<Wanted>((all, { fields: { seen: _seen, ...chosen } }) => ({ ...all, ...(chosen as Wanted) }), {})
}

interface Moment {
  /** What was held back before, and the person has not answered yet. */
  kept: Wanted
  before: readonly QueuedMutation[]
  after: readonly QueuedMutation[]
  settings: ReminderSettings
  now: Date
}

/** What the person wanted, the house has answered, and does not hold. A new choice of the person ends it. */
export function heldBack({ kept, before, after, settings, now }: Moment): Wanted {
  const refused = new Set(after.filter((each) => each.status === 'refused').map((each) => each.mutation_id))
  const waiting = wantedIn(after, refused)
  const wanted = { ...kept, ...wantedIn(before, refused) }
  const isHeld = (choice: Choice) => !(choice in waiting) && isQuieter(choice, settings, wanted, now)
  return Object.fromEntries(Object.entries(wanted).filter(([choice]) => isHeld(choice as Choice)))
}

/** What the person is asked about now; null when there is nothing. */
export function askedAgain(): Wanted | null {
  return (choices.value[KEPT] as Wanted | undefined) ?? null
}

/** The person has said no, or it was carried out. */
export function putAway(): void {
  void choose(KEPT, undefined)
}

/** Keeps what was held back until the person has answered, also when the app is closed meanwhile. */
export function watchHeldBack(): void {
  let before: readonly QueuedMutation[] = []
  effect(() => {
    const after = queue.value
    const settings = records.value.profile?.reminders
    // Locked, forgotten or not read yet: nothing is known.
    if (!settings) {
      before = []
      return
    }
    const kept = askedAgain() ?? {}
    const held = heldBack({ kept, before, after, settings, now: new Date() })
    before = after
    if (JSON.stringify(held) === JSON.stringify(kept)) return
    untracked(() => void choose(KEPT, Object.keys(held).length > 0 ? held : undefined))
  })
}
