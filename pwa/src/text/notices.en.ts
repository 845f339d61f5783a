import type { NoticesText } from './notices.ts'

/** What else one can be told of, in English. All drafts. */
export const noticesEn: NoticesText = {
  sessions: 'When your group meets: the day before, and if something changes',
  exercises: 'When there is an exercise for you',
  questionnaires: 'When there are questions for you',
}
