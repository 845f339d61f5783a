import type { CourseSession, ThemeWords } from '../../api/courses.ts'
import rendered from '../../../generated/courses.json'

type Each<T> = { da: T; en: T }

export interface CourseTheme {
  id: string
  title: Each<string>
  before: Each<string[]>
  after: Each<string[]>
  bring: Each<string> | null
}

export interface Course {
  code: string
  kind: 'rolling' | 'group' | 'talks'
  talks: { min: number; max: number } | null
  months: number | null
  knowledge: boolean
  name: Each<string>
  lead: Each<string>
  draft: Each<boolean>
  themes: CourseTheme[]
}

const BY_CODE = new Map((rendered.courses as Course[]).map((course) => [course.code, course]))

/** "Udkast. En fagperson har ikke gennemgået teksten endnu." */
export const DRAFT_MARK = rendered.draft_mark as Each<string>

/** A course as the phone carries it; none where a newer server knows one that this app does not. */
export function courseOf(code: string): Course | null {
  return BY_CODE.get(code) ?? null
}

/** The words that everybody in a group reads: those it was planned with, whatever this app carries by now. */
export function themeOf({ code, theme, theme_words }: Pick<CourseSession, 'code' | 'theme' | 'theme_words'>): ThemeWords | null {
  if (theme_words) return theme_words
  const course = courseOf(code)
  const found = course?.themes.find((each) => each.id === theme)
  return course && found ? { ...found, draft: course.draft } : null
}
