import type { ComponentChild } from 'preact'
import { lazily } from '../../features/lazy.tsx'
import { exercisesText } from '../../text/exercises.ts'

const pages = lazily(() => import('../../features/exercises/ExerciseRoutes.tsx'))

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareExercises = pages.prepare

/** Exercises: the list, the one that somebody does, and what came of it. */
export function ExercisePlace({ here, missing }: { here: string; missing: () => ComponentChild }) {
  return (
    <pages.Place heading={exercisesText.value.heading}>
      {({ ExerciseRoutes }) => <ExerciseRoutes key={here} here={here} missing={missing} />}
    </pages.Place>
  )
}
