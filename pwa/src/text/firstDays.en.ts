import type { FirstDaysText } from './firstDays.ts'

/** The English words about the days from first contact to first talk. */
export const firstDaysEn: FirstDaysText = {
  heading: 'Getting started',
  today: (limit: number) => `You have a right to get started within ${limit} days. The days count from today.`,
  running: (day: number, limit: number) => `You have a right to get started within ${limit} days. Today is day ${day}.`,
  over: (day: number, limit: number) => `You have a right to get started within ${limit} days. Now it is day ${day}. Call us, and we will find a time.`,
  waived: (limit: number, reason: string) => `The ${limit} days do not count right now. ${reason}.`,
  wrong: 'Is that not right? Then tell your contact person.',
}
