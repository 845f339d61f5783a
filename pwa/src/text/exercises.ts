import { computed } from '@preact/signals'
import { exercisesDa } from './exercises.da.ts'
import { exercisesEn } from './exercises.en.ts'
import { language } from './language.ts'

export type ExercisesText = typeof exercisesDa

/** The words around the exercises: apart from the others, so that the first page stays small. */
export const exercisesText = computed<ExercisesText>(() => (language.value === 'en' ? exercisesEn : exercisesDa))
