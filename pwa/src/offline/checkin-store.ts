/** How it goes, written on the phone first: paired or not, with or without a network. */
import { computed } from '@preact/signals'
import { offerCheckIn, type CheckIn, type Offer, type UsedDay } from '../api/checkins.ts'
import { forgetAll, forgetRefused } from './erasure.ts'
import { newId } from './identifiers.ts'
import { choiceOf, isOffered, offerOf, offerOnline, type Offered } from './offers.ts'
import { change, records } from './phone.ts'

export type { CheckIn, Offer, UsedDay }

export interface Entry extends CheckIn {
  at: string
}

/** Newest first, without what was deleted. */
export const entries = computed<readonly Entry[]>(() =>
  records.value.checkins
    .filter((each): each is Entry => !each.erased && each.at !== null)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id)),
)

const keyOf = (on: string, what: string | null) => `${on} ${(what ?? '').toLowerCase()}`

/** What was said last of each day and thing. */
export const days = computed<ReadonlyMap<string, UsedDay>>(() => {
  const found = new Map<string, UsedDay>()
  for (const day of records.value.days) {
    const known = found.get(keyOf(day.on, day.what))
    if (!known || known.seq <= day.seq) found.set(keyOf(day.on, day.what), day)
  }
  return found
})

/** The things that the days are about, in the person's own words. */
export const things = computed<readonly (string | null)[]>(() => {
  const byWord = new Map<string, string | null>()
  for (const day of days.value.values()) if (day.used !== null) byWord.set((day.what ?? '').toLowerCase(), day.what)
  return [...byWord.values()]
})

export function dayOf(on: string, what: string | null): UsedDay | undefined {
  return days.value.get(keyOf(on, what))
}

/** The yes to all of them, as this phone last heard of it. */
export const choice = choiceOf('check-ins')

/** Whether the contact person can see it; `sent`: from when it has been sent. */
export function isSeen(entry: Offered, chosen = choice.value): boolean | 'sent' {
  return isOffered(entry, chosen)
}

export interface NewCheckIn extends Pick<CheckIn, 'mood' | 'urge' | 'line' | 'goal_id'> {
  isOffered: boolean
}

/** Keeps a check-in of now. Its id, or null if the phone would not store it. */
export async function putCheckIn({ isOffered: wish, ...said }: NewCheckIn): Promise<string | null> {
  const id = newId()
  const fields = { ...said, at: new Date().toISOString(), ...offerOf(wish, choice.value) }
  const isKept = await change(() => ({ drafts: [{ entity: 'checkin', entity_id: id, op: 'put', fields }] }))
  return isKept ? id : null
}

/** Takes a check-in away for good, here and on every other phone. */
export function eraseCheckIn(id: string): Promise<boolean> {
  return change(async (rows, vault) => ({
    drafts: [{ entity: 'checkin', entity_id: id, op: 'erase', fields: {} }],
    changes: [...forgetAll('checkin', id, rows), ...(await forgetRefused(vault, id))],
  }))
}

interface SaidDay extends Pick<UsedDay, 'on' | 'used' | 'what'> {
  isOffered: boolean
}

function toDraft({ isOffered, ...said }: SaidDay) {
  const sharing = isOffered && choice.value?.given ? 'as-chosen' : 'private'
  const id = dayOf(said.on, said.what)?.id ?? newId()
  return { entity: 'used_day' as const, entity_id: id, op: 'put' as const, fields: { ...said, sharing } }
}

/** Says yes or no of a day, or leaves it open again. */
export function sayDay(said: SaidDay): Promise<boolean> {
  return change(() => ({ drafts: [toDraft(said)] }))
}

/** Leaves every day of one thing open again: the word is gone with the last of them. */
export function forgetThing(what: string | null): Promise<boolean> {
  const all = [...days.value.values()].filter((day) => day.used !== null && keyOf('', day.what) === keyOf('', what))
  return change(() => ({ drafts: all.map((day) => toDraft({ on: day.on, what: day.what, used: null, isOffered: false })) }))
}

/** Shares one with the contact person, or no longer. False: nothing was changed. */
export function offer(id: string, given: boolean): Promise<boolean> {
  return offerOnline(id, () => offerCheckIn(id, given))
}
