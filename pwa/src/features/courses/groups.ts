/** A person's sessions, sorted into what is next, ahead and behind. */
import type { CourseSession } from '../../offline/course-store.ts'

/** Until it is over, or somebody has written who came. */
export function isAhead(session: CourseSession, now: number): boolean {
  return session.attended === null && Date.parse(session.starts_at) + session.minutes * 60_000 > now
}

/** The next one that the person comes to. */
export function findNext(sessions: readonly CourseSession[], now: number): CourseSession | null {
  return sessions.find((each) => each.status !== 'cancelled' && each.my === 'enrolled' && !each.excused && isAhead(each, now)) ?? null
}

const lastOf = (mine: readonly CourseSession[]) => mine[mine.length - 1]?.starts_at ?? ''

/** The runs that the person is or was in, the newest first. */
export function runsOf(sessions: readonly CourseSession[]): { runId: string; code: string; sessions: CourseSession[] }[] {
  const runs = new Map<string, CourseSession[]>()
  for (const each of sessions) runs.set(each.run_id, [...(runs.get(each.run_id) ?? []), each])
  return [...runs]
    .map(([runId, mine]) => ({ runId, code: mine[0]?.code ?? '', sessions: mine }))
    .sort((a, b) => lastOf(b.sessions).localeCompare(lastOf(a.sessions)))
}

/** Feedback is asked for when the person has been there, and the last of the own times is over. */
export function mayTell(mine: readonly CourseSession[], now: number): boolean {
  return mine.some((each) => each.attended === true) && mine.every((each) => each.my !== 'enrolled' || each.excused || each.status === 'cancelled' || !isAhead(each, now))
}
