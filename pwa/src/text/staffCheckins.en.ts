import type { StaffCheckinsText } from './staffCheckins'

/** The same in English. */
export const staffCheckinsEn: StaffCheckinsText = {
  title: 'Check-ins',
  note: 'The person decides what you see. It is written down when you open them.',
  open: 'Show what is shared',
  notShared: 'Not shared.',
  none: 'Shared. Nothing has been written yet.',
  mood: 'Mood',
  urge: 'Urge',
  when: 'When',
  words: 'The person’s words',
  scale: 'Mood: 0 is very bad, 10 is really good. Urge: 0 is none, 10 is very strong.',
  picture: 'Curve of mood and urge. The same numbers stand in the table.',
  legendMood: 'Mood: full line',
  legendUrge: 'Urge: dotted line',
  unsaid: '–',
  older: 'Show older',
  days: 'Days that the person shares',
  day: (date, what, used) => `${date}${what ? `, ${what}` : ''}: ${used ? 'yes' : 'no'}`,
}
