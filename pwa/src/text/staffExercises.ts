import { language } from './language'
import { staffExercisesDa } from './staffExercises.da'
import { staffExercisesEn } from './staffExercises.en'

export type StaffExercisesText = typeof staffExercisesDa

/** The console's words about exercises in the language on the screen. */
export function staffExercisesText(): StaffExercisesText {
  return language.value === 'en' ? staffExercisesEn : staffExercisesDa
}
