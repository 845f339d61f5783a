/** Whether it is worth asking, once and never twice, if the person wants to look at the plan again. */
import type { CrisisContact } from '../../api/crisisLine.ts'

export type Reason = 'contact' | 'day'

export interface Offer {
  reason: Reason
  /** Names what the offer is about, so that it is made once. */
  key: string
}

interface Known {
  contacts: readonly Pick<CrisisContact, 'id' | 'closed_at'>[]
  review_on: string | null
  /** What was put away last; from the phone's own store, so it may be anything. */
  answered: unknown
  /** Today on a Danish wall. */
  today: string
}

/** After a contact that is over, and on the day that the person chose; null where nothing is to be asked. */
export function offerOf({ contacts, review_on, answered, today }: Known): Offer | null {
  const over = contacts.filter((each) => each.closed_at !== null).sort((a, b) => Date.parse(b.closed_at ?? '') - Date.parse(a.closed_at ?? ''))
  const last = over[0]?.id
  const day = review_on !== null && review_on <= today ? review_on : null
  const key = [last, day].filter(Boolean).join(' ')
  const known = typeof answered === 'string' ? answered.split(' ') : []
  if (day && !known.includes(day)) return { reason: 'day', key }
  return last && !known.includes(last) ? { reason: 'contact', key } : null
}
