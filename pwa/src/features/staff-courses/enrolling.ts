import type { FoundPerson, RunSession, Wish } from '../../api/staffCourses'
import type { StaffCoursesText } from '../../text/staffCourses'

/** Which times somebody wants: all from one on, or only some. */
export interface Which extends Record<string, string | boolean | string[]> {
  which: string
  from: string
  numbers: string[]
}

/** Who gets the place: somebody on the screen, chosen or the only one there; else nobody, the empty word. */
export function chosenOf(found: readonly FoundPerson[] | null, who: string): string {
  if (found?.some((person) => person.citizen_id === who)) return who
  return found?.length === 1 ? (found[0]?.citizen_id ?? '') : ''
}

/** What still lies ahead; nobody is enrolled for what was. */
export function aheadOf(sessions: readonly RunSession[], now: number): RunSession[] {
  return sessions.filter((each) => each.status === 'booked' && Date.parse(each.starts_at) > now)
}

export function startWhich(sessions: readonly RunSession[], now = Date.now()): Which {
  const [first] = aheadOf(sessions, now)
  return { which: 'all', from: first ? String(first.number) : '', numbers: [] }
}

export function checkWhich({ which, numbers }: Which, words: StaffCoursesText): Record<string, string> {
  return which === 'some' && numbers.length === 0 ? { numbers: words.enrolForm.noneChosen } : {}
}

export function toWish({ which, from, numbers }: Which): Pick<Wish, 'numbers' | 'from_number'> {
  if (which === 'some') return { numbers: numbers.map(Number).sort((one, other) => one - other) }
  return from === '' ? {} : { from_number: Number(from) }
}
