/** What a person writes and offers to the contact person: private, under the yes to all of its kind, or one by one. */
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Offer } from '../api/checkins.ts'
import type { SharedThing, Sharing } from '../api/plan.ts'
import { queue, records, refresh } from './phone.ts'

export interface Offered {
  sharing: Offer
  /** The step of the person's sequence by which it was offered; none before the server has told. */
  offered_seq: number | null
}

/** The yes to all of one kind, as this phone last heard of it. */
export function choiceOf(thing: SharedThing): ReadonlySignal<Sharing | null> {
  return computed(() => records.value.sharing.find((each) => each.item_class === thing && each.purpose === 'contact-person') ?? null)
}

/** Whether the contact person can see it; `sent`: from when it has been sent. */
export function isOffered({ sharing, offered_seq: offered }: Offered, chosen: Sharing | null): boolean | 'sent' {
  if (sharing === 'private' || (sharing === 'as-chosen' && !chosen?.given)) return false
  if (offered === null) return 'sent'
  return offered > ((sharing === 'shared' ? chosen?.withdrawn_seq : chosen?.given_seq) ?? 0)
}

/** Under what something new is offered: the yes that stands, or by itself; and the last no that this phone knows. */
export function offerOf(wish: boolean, chosen: Sharing | null): { sharing: Offer; seen_no: number } {
  const sharing = wish ? (chosen?.given ? 'as-chosen' : 'shared') : 'private'
  return { sharing, seen_no: chosen?.withdrawn_seq ?? 0 }
}

const isWaiting = (id: string) => queue.value.some((each) => each.status === 'waiting' && each.entity_id === id)

/** Shares one, or no longer: it holds at once or not at all. False: nothing was changed. */
export async function offerOnline(id: string, ask: () => Promise<void>): Promise<boolean> {
  try {
    if (isWaiting(id)) await refresh()
    await ask()
    await refresh()
    return true
  } catch {
    return false
  }
}
