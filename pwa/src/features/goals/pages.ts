/** The pages of the goals, which come as one file. */
export { EditGoal } from './EditGoal.tsx'
export { Goals } from './Goals.tsx'
