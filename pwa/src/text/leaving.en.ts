import type { LeavingText } from './leaving.ts'

/** The words on the page about leaving fast, in English. All drafts. */
export const leavingEn: LeavingText = {
  how: [
    '“Leave fast” is at the top left of every page. The screen goes blank at once, also without a connection.',
    'With a keyboard you can press Shift three times.',
    'Back does not show what you were looking at. The app opens again only when you open it yourself.',
    'In your plan, what you are writing is kept on the phone.',
  ],
  limits: 'What the button cannot do',
  cannot: [
    'The browser’s history still shows that you have been here. You can delete it in the browser.',
    'Anybody who can unlock your phone can open the app, too, if you have no code on it.',
    'Some programs can watch everything that happens on a phone. The button cannot hide anything from them.',
  ],
}
