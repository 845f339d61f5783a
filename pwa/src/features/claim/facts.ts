/** What is kept of a contact, as lines a person can read. Nothing is left out: what is not there was not written down. */
import type { CallBack, KeptContact } from '../../api/crisisLine.ts'
import type { CrisisLineText } from '../../text/crisisLine.ts'
import { namesOf } from '../../text/deskLists.ts'

export type Fact = readonly [label: string, value: string]

function callBackOf({ may_ring, phone, when, voicemail, code_word }: CallBack, words: CrisisLineText['facts']): Fact[] {
  if (!may_ring) return []
  return [
    [words.ring, [phone, when].filter(Boolean).join(', ') || words.yes],
    [words.voicemail, words.voicemails[voicemail]],
    ...(code_word ? [[words.codeWord, code_word] as const] : []),
  ]
}

function numbersOf(contact: KeptContact, words: CrisisLineText['facts']): Fact[] {
  const { duration_minutes: minutes, safety_before: before, safety_after: after } = contact
  return [
    ...(minutes === null ? [] : [[words.length, words.minutes(minutes)] as const]),
    ...(before === null ? [] : [[words.before, words.outOfTen(before)] as const]),
    ...(after === null ? [] : [[words.after, words.outOfTen(after)] as const]),
  ]
}

function tickedIn(label: string, names: readonly string[]): Fact[] {
  return names.length > 0 ? [[label, names.join(', ')]] : []
}

/** `when`: the moment in the person's words. */
export function factsOf(contact: KeptContact, when: string, words: CrisisLineText['facts']): Fact[] {
  return [
    [words.when, when],
    [words.where, contact.unit_name],
    [words.how, words.channels[contact.channel] ?? contact.channel],
    ...tickedIn(words.reason, namesOf('reasons', contact.reason)),
    ...tickedIn(words.given, namesOf('given', contact.given)),
    ...tickedIn(words.outcome, namesOf('outcomes', contact.outcome === null ? [] : [contact.outcome])),
    ...tickedIn(words.referral, namesOf('referrals', contact.referral)),
    ...numbersOf(contact, words),
    [words.gender, words.genders[contact.gender] ?? contact.gender],
    ...callBackOf(contact.callback, words),
    ...(contact.wants_call_72h ? [[words.wants, words.call72h] as const] : []),
    ...(contact.wants_follow_up_14d ? [[words.wants, words.followUp14d] as const] : []),
    ...(contact.note ? [[words.note, contact.note] as const] : []),
  ]
}
