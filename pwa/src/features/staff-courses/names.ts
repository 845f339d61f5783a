import type { Run, RunSession, ThemeCover } from '../../api/staffCourses'
import rendered from '../../../generated/courses.json'
import { language } from '../../text/language'
import { staffCoursesText } from '../../text/staffCourses'
import { sayTime } from '../../ui/days'

type Each<T> = { da: T; en: T }

export interface CourseFacts {
  code: string
  centre: string
  kind: 'rolling' | 'group' | 'talks'
  sessions: number | null
  talks: { min: number; max: number } | null
  knowledge: boolean
  name: Each<string>
  background: { words: Each<string> } | null
  themes: { id: string; title: Each<string> }[]
}

interface Agreements {
  name: Each<string>
  text: Each<string[]>
  items: Each<string[]>
  draft: Each<boolean>
}

const COURSES = rendered.courses as CourseFacts[]
export const AGREEMENTS = rendered.agreements as Agreements
export const DRAFT_MARK = rendered.draft_mark as Each<string>

/** The courses of a centre that meet as a group, or the talks of one. */
export function coursesAt(slug: string, are: 'groups' | 'talks'): CourseFacts[] {
  return COURSES.filter((course) => course.centre === slug && (course.kind === 'talks') === (are === 'talks'))
}

export function findCourse(code: string): CourseFacts | null {
  return COURSES.find((course) => course.code === code) ?? null
}

export function courseName(code: string): string {
  return findCourse(code)?.name[language.value] ?? code
}

export function themeTitle(code: string, theme: string | null): string | null {
  return findCourse(code)?.themes.find((each) => each.id === theme)?.title[language.value] ?? null
}

/** What a session is about, as the centre calls it. */
export function sessionTitle(code: string, session: Pick<RunSession, 'number' | 'theme' | 'theme_title'>): string {
  return session.theme_title ?? themeTitle(code, session.theme) ?? staffCoursesText().run.untitled(session.number)
}

export function coverTitle(code: string, cover: ThemeCover): string {
  return cover.title ?? themeTitle(code, cover.theme) ?? cover.theme
}

/** "Hver mandag og torsdag kl. 10.00". */
export function rhythmOf({ weekdays, at }: Pick<Run, 'weekdays' | 'at'>): string {
  const words = staffCoursesText()
  const names = weekdays.map((day) => words.weekdays[day - 1] ?? '')
  const days = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(words.run.and)
  return words.run.every(days, sayTime(at, language.value))
}
