import { courseName, themeTitle } from '../staff-courses/names'
import { fetchLibrary, nameOf } from '../staff-exercises/wording'
import type { Names } from '../staff-timeline/lineWords'

/** What exercises and groups are called. The library comes as a file of its own, when somebody reads a line. */
export async function fetchNames(): Promise<Names> {
  const library = await fetchLibrary()
  return {
    exercise: (id, own) => (id === null ? own : nameOf(library, { library: id }, own)),
    session: (course, theme, own) => own ?? themeTitle(course, theme) ?? courseName(course),
  }
}
