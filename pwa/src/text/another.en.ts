import type { AnotherText } from './another.ts'

/** The same in English. */
export const anotherEn: AnotherText = {
  back: 'Back to the appointment',
  now: (when) => `The appointment is ${when}.`,
  stands: 'Write when would suit you better. You need not say why. The appointment stands until your contact person has moved it.',
  suggestion: (n) => (n === 1 ? 'Your first suggestion' : 'One more, if you have one'),
  date: 'Day',
  part: 'When in the day',
  clock: 'Time',
  clockMissing: 'Choose a time, or choose morning or afternoon.',
  past: 'That time has gone. Choose one that is to come.',
  skipped: 'That time does not exist: the clocks go forward that night. Choose another.',
  note: 'Anything your contact person should know?',
  noteHint: 'You do not have to write anything.',
  noteTooLong: 'That is too long. Make it a little shorter.',
  send: 'Send my wish',
  notSaved: 'The phone could not save it. What you wrote is still here.',
  tooLate: 'The appointment has begun, or was moved or cancelled. If you want a new time, call.',
}
