import { computed } from '@preact/signals'
import { coursesDa } from './courses.da.ts'
import { coursesEn } from './courses.en.ts'
import { language } from './language.ts'

export type CoursesText = typeof coursesDa

/** The words about courses: apart from the others, so that the first page stays small. */
export const coursesText = computed<CoursesText>(() => (language.value === 'en' ? coursesEn : coursesDa))
