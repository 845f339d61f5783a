import type { CourseSession } from '../../offline/course-store.ts'
import { coursesText } from '../../text/courses.ts'
import { language } from '../../text/language.ts'
import { text } from '../../text/text.ts'
import { describeWhen } from '../../text/when.ts'
import { copenhagenWall } from '../../ui/copenhagen.ts'
import { wallNow } from '../clock.ts'
import { courseOf, themeOf } from './content.ts'

/** "på torsdag kl. 10.00, 26. november". */
export function whenIs({ starts_at }: Pick<CourseSession, 'starts_at'>): string {
  const { date, time } = copenhagenWall(starts_at)
  return describeWhen(`${date}T${time}`, wallNow.value.date, text.value.when)
}

/** The theme as the centre calls it, else as the content does; without a theme, which time it is. */
export function titleOf(session: CourseSession): string {
  return session.theme_title ?? themeOf(session)?.title[language.value] ?? coursesText.value.untitled(session.number)
}

export function courseName(code: string): string {
  return courseOf(code)?.name[language.value] ?? coursesText.value.heading
}

/** What to bring, where the theme asks for something. */
export function bringTo(session: CourseSession): string | null {
  return themeOf(session)?.bring?.[language.value] ?? null
}
