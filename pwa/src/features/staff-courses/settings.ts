import type { CourseSetting } from '../../api/staffCourses'
import type { StaffCoursesText } from '../../text/staffCourses'
import { themeTitle } from './names'
import { wholeBetween } from './planning'

/** One course of the unit as it is typed; a count left empty is as the content says. */
export interface SettingValues extends Record<string, string | boolean | string[]> {
  sessions: string
  talks_min: string
  talks_max: string
  /** An own name for each theme, in their order; empty: the content's. */
  titles: string[]
  added: string
}

const asTyped = (count: number | null) => (count === null ? '' : String(count))

export function startSetting(setting: CourseSetting): SettingValues {
  return {
    sessions: asTyped(setting.sessions),
    talks_min: asTyped(setting.talks_min),
    talks_max: asTyped(setting.talks_max),
    titles: setting.themes.map((theme) => theme.title ?? ''),
    added: '',
  }
}

export function checkSetting({ kind }: Pick<CourseSetting, 'kind'>, values: SettingValues, words: StaffCoursesText): Record<string, string> {
  const found: Record<string, string> = {}
  const isWrong = (typed: string, most: number) => typed.trim() !== '' && wholeBetween(typed, 1, most) === null
  const { number, order } = words.settingsPage
  if (kind !== 'talks') return isWrong(values.sessions, 26) ? { sessions: number } : {}
  if (isWrong(values.talks_min, 99)) found['talks_min'] = number
  if (isWrong(values.talks_max, 99)) found['talks_max'] = number
  const [least, most] = [wholeBetween(values.talks_min, 1, 99), wholeBetween(values.talks_max, 1, 99)]
  if (least !== null && most !== null && most < least) found['talks_max'] = order
  return found
}

export function toSetting(setting: CourseSetting, values: SettingValues): CourseSetting {
  const count = (typed: string) => wholeBetween(typed, 1, 99)
  const isTalks = setting.kind === 'talks'
  const titled = setting.themes.map(({ id }, place) => ({ id, title: values.titles[place]?.trim() || null }))
  // A theme of the unit's own has no other name: without one it goes out.
  const named = titled.filter(({ id, title }) => title !== null || themeTitle(setting.code, id) !== null)
  const added = values.added.trim()
  return {
    ...setting,
    sessions: isTalks ? null : count(values.sessions),
    talks_min: isTalks ? count(values.talks_min) : null,
    talks_max: isTalks ? count(values.talks_max) : null,
    themes: added === '' ? named : [...named, { id: null, title: added }],
  }
}
