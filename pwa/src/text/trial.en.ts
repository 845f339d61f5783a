import type { TrialText } from './trial.ts'

/** The English words about a trial notice. */
export const trialEn: TrialText = {
  send: 'Send a test',
  sending: 'Sending …',
  heading: 'What happened to the test',
  planned: 'The test is ready',
  handed: 'Sent to the phone’s message service',
  notHanded: 'Not sent yet',
  notSent: 'It was not sent',
  accepted: 'The service took it',
  waiting: 'The service is not answering right now. We are trying again.',
  refused: 'The service did not take it',
  shown: 'Shown on this phone',
  notShown: 'Not shown yet',
  neverShown: 'Not shown. Check that the phone may show messages from the app, or turn reminders off and on again.',
  many: 'You can send three tests an hour. Try again later.',
  needsNet: 'This needs a connection. Nothing was sent.',
}
