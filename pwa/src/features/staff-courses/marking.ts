/** Who came: only what the leader marks goes to the house, so that what others have said meanwhile stays. */
import type { Presence, RosterLine, RunSession } from '../../api/staffCourses'

/** What was marked on this page, by the person's id; the empty word takes back what was written. */
export type Marks = Record<string, string>

/** The first people are there before it begins. */
const EARLY_MS = 15 * 60_000

/** Whether it can be said who came; before that, only who does not come. */
export function canBeTaken(session: Pick<RunSession, 'starts_at'>, now: number): boolean {
  return Date.parse(session.starts_at) - now <= EARLY_MS
}

type Line = Pick<RosterLine, 'citizen_id' | 'attendance'>

const writtenOf = ({ attendance }: Line, number: number): string => attendance[String(number)] ?? ''

/** What the page shows of one person: marked here, else as it was fetched. */
export function shownOf(line: Line, number: number, marks: Marks): string {
  return marks[line.citizen_id] ?? writtenOf(line, number)
}

/** Everybody of whom nothing is written came; nobody's mark is changed. */
export function restPresent(lines: readonly Line[], number: number, marks: Marks): Marks {
  return { ...marks, ...Object.fromEntries(lines.filter((line) => shownOf(line, number, marks) === '').map((line) => [line.citizen_id, 'present'])) }
}

/** What became different on this page. */
export function toEntries(lines: readonly Line[], number: number, marks: Marks): { citizen_id: string; status: Presence | null }[] {
  return lines
    .filter((line) => shownOf(line, number, marks) !== writtenOf(line, number))
    .map((line) => ({ citizen_id: line.citizen_id, status: (shownOf(line, number, marks) || null) as Presence | null }))
}
