import type { SettingsText } from './settings.ts'

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** The same in English. */
export const settingsEn: SettingsText = {
  heading: 'Settings',
  language: 'Language',
  calendar: 'Calendar',
  calendarWhat: 'Your appointments can also be in the phone’s own calendar.',
  calendarLink: 'Appointments in your calendar',
  phone: 'This phone',
  forget: 'Forget this phone',
  forgetWhat: 'Removes everything about you from the phone at once, also without a connection.',
  forgetHeading: 'Forget this phone?',
  forgetText: 'Your plan, your appointments and your goals are removed from the phone, and it stops reminding you. What was sent is still stored. With a new code from your contact person it comes back.',
  forgetAlone: 'What you have written is only on this phone. It will be gone, and nobody can bring it back.',
  forgetWaiting: (count) => `${counted(count, 'change has', 'changes have')} not been sent yet. Forget the phone now, and they are gone.`,
  sendFirst: 'Send first',
  sending: 'Sending …',
  notSent: 'It could not be sent now. Try again when there is a connection.',
  forgetAnyway: 'Remove anyway',
  forgetYes: 'Yes, forget the phone',
  forgetNo: 'No, keep it',
  forgetting: 'Removing …',
  update: 'There is a new version.',
  updateNow: 'Get it now',
}
