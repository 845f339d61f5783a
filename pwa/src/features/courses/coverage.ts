/** Which themes somebody has been at, over all runs of the same course. Nobody is behind, and nothing is missed for good. */
import type { CourseSession } from '../../api/courses.ts'
import { courseOf } from './content.ts'

export type Standing = 'been' | 'ahead' | 'open'

type Seen = Pick<CourseSession, 'code' | 'theme' | 'attended' | 'status' | 'my' | 'excused' | 'starts_at'>

/** The content's themes in their order; where a centre has themes of its own, those that the person was told of. */
export function themesOf(code: string, mine: readonly Pick<CourseSession, 'theme'>[]): string[] {
  const known = courseOf(code)?.themes.map((theme) => theme.id) ?? []
  const told = [...new Set(mine.flatMap(({ theme }) => (theme === null ? [] : [theme])))]
  return told.every((theme) => known.includes(theme)) ? known : told
}

/** Each theme of a course: been at, booked ahead, or still open, in the order of the course. */
export function coverageOf(code: string, themes: readonly string[], sessions: readonly Seen[], now: number): Map<string, Standing> {
  const mine = sessions.filter((each) => each.code === code)
  const isAhead = (each: Seen) => each.status === 'booked' && each.my === 'enrolled' && !each.excused && Date.parse(each.starts_at) > now
  const standing = (theme: string): Standing => {
    const about = mine.filter((each) => each.theme === theme)
    if (about.some((each) => each.attended === true)) return 'been'
    return about.some(isAhead) ? 'ahead' : 'open'
  }
  return new Map(themes.map((theme) => [theme, standing(theme)]))
}
