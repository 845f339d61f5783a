/** Who reads what a person shares with the place: the contact person, and whoever stands in. */
import type { Profile } from '../api/citizen.ts'
import { records, standing } from '../offline/phone.ts'

type Known = Pick<Profile, 'contact_person' | 'stand_ins'> | null

/** Nobody reads it now: no contact person, and nobody who stands in. What the phone was not told is not said. */
export function isWithoutReader(profile: Known): boolean {
  return profile !== null && !profile.contact_person && profile.stand_ins.length === 0
}

/** By name: the contact person, or whoever stands in where there is none; null if the phone knows no name. */
export function readerName(profile: Known): string | null {
  if (profile?.contact_person) return profile.contact_person.name
  return profile?.stand_ins.map((each) => each.name).join(', ') || null
}

/** Whether there is somebody to tell: the phone is paired, and somebody reads. */
export function canTell(): boolean {
  return standing.value === 'paired' && !isWithoutReader(records.value.profile)
}

/** Paired, and nobody reads: then it is said, and whom to call. */
export function hasNobody(): boolean {
  return standing.value === 'paired' && isWithoutReader(records.value.profile)
}
