import { lazily } from '../lazy.tsx'

/** The pages of the goals, as one file. */
export const pages = lazily(() => import('./GoalRoutes.tsx'))

/** Fetches them before anybody asks for them. */
export const prepareGoals = pages.prepare
