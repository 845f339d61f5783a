import { sessions, type CourseSession } from '../../offline/course-store.ts'
import { coursesText } from '../../text/courses.ts'
import { language } from '../../text/language.ts'
import { instantNow } from '../clock.ts'
import { themeOf } from './content.ts'
import { coverageOf, themesOf } from './coverage.ts'
import { Ring } from './Ring.tsx'
import { titleOf } from './words.ts'

/** As the newest session about it is called. */
function titlesOf(mine: readonly CourseSession[]): Map<string | null, string> {
  return new Map(mine.map((each) => [each.theme, titleOf(each)]))
}

/** Which themes the person has been at, over all runs; a theme may be taken again, and nothing is ever missing. */
export function Coverage({ code }: { code: string }) {
  const words = coursesText.value
  const mine = sessions.value.filter((each) => each.code === code)
  const themes = themesOf(code, mine)
  if (themes.length === 0) return null
  const titles = titlesOf(mine)
  const found = coverageOf(code, themes, mine, instantNow.value)
  const standings = [...found.values()]
  return (
    <div class="course-coverage">
      <Ring standings={standings} />
      <p class="course-covered">{words.covered(standings.filter((each) => each === 'been').length, standings.length)}</p>
      <ul class="course-themes">
        {[...found].map(([theme, standing]) => (
          <li key={theme} class={`course-theme-${standing}`}>
            {titles.get(theme) ?? themeOf({ code, theme })?.title[language.value]} <span class="quiet">{words.standing[standing]}</span>
          </li>
        ))}
      </ul>
      {standings.includes('open') && <p class="quiet">{words.again}</p>}
    </div>
  )
}
