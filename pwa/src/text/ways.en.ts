import type { WaysText } from './ways.ts'

/** Every English word about pauses and other ways to be told, on the phone. */
export const waysEn: WaysText = {
  weekBefore: 'Also a week before, when it was booked in good time',
  pausedOwn: (day) => `You have paused reminders until ${day}.`,
  pausedByStaff: (day) => `Your contact person has paused reminders until ${day}.`,
  resume: 'Turn on again',
  pause: 'Pause',
  pauseHow: 'How long should the pause be?',
  weeks: { 1: 'One week', 2: 'Two weeks', 4: 'Four weeks' },
  neverMind: 'Never mind',
  heading: 'Other ways to be told',
  lead: 'If the phone does not show a reminder, we can write to you in another way. It only says “You have a reminder”.',
  kind: { sms: 'Text message', email: 'E-mail' },
  safe: { never: 'We do not write here', always: 'By day, 8:00 to 21:00', hours: 'Only at the hours you said yes to' },
  between: (from, until) => `Only between ${from}:00 and ${until}:00`,
  askAgain: 'We do not write here now, since your phone was reported gone. Tell your contact person if we may again.',
  afterLoss: {
    heading: 'Your phone is connected',
    text: 'Your former phone was reported gone. We no longer write to what is listed here until you and your contact person have agreed on it again:',
    go: 'Go on',
  },
  none: 'We do not write anywhere else now. Tell your contact person if you would like us to.',
  remove: { sms: 'Remove the number', email: 'Remove the address' },
  removed: 'Removed. We do not write there any more.',
  show: 'Show where you may write to me',
  trouble: 'This needs a connection. Nothing was changed. Try again when you are online.',
}
