import type { careDa } from './care.da.ts'

/** The same words in English. All drafts. */
export const careEn: typeof careDa = {
  heading: 'What we have agreed',
  none: 'Nothing is written here yet. You write it together when you meet.',
  lead: 'Your contact person wrote this together with you. If something is wrong, say so. It can be changed.',
  written: (who, day) => `Written by ${who} ${day}`,
  parts: {
    background: 'Why we are here',
    needs: 'What you need',
    purpose: 'What it is to lead to',
    effort: 'What we do',
  },
  methods: 'Services you get',
  children: 'Children who live with you',
  childrenAnswers: { none: 'No', 'at-home': 'Yes' },
  review: (day) => `We look at it again ${day}.`,
  phase: 'Where we are now',
  phaseFrom: (name, day) => `${name}. Since ${day}.`,
  print: {
    link: 'Print',
    heading: 'Print it?',
    text: 'On paper, anybody who finds it can read it. Keep it somewhere safe for you.',
    yes: 'Print',
    no: 'Cancel',
  },
}
