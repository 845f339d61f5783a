import { language } from './language'
import { staffCoursesDa } from './staffCourses.da'
import { staffCoursesEn } from './staffCourses.en'

export type StaffCoursesText = typeof staffCoursesDa

/** The words about courses in the language on the screen. */
export function staffCoursesText(): StaffCoursesText {
  return language.value === 'en' ? staffCoursesEn : staffCoursesDa
}
