/** Every Danish word for asking for another time, but those that other pages need. `another.en.ts` has the same shape. */
export const anotherDa = {
  back: 'Tilbage til aftalen',
  now: (when: string) => `Aftalen er ${when}.`,
  stands: 'Skriv, hvornår det passer dig bedre. Du behøver ikke sige hvorfor. Aftalen står, indtil din kontaktperson har flyttet den.',
  suggestion: (n: number): string => (n === 1 ? 'Dit første forslag' : 'Et forslag mere, hvis du har et'),
  date: 'Dag',
  part: 'Hvornår på dagen',
  clock: 'Klokken',
  clockMissing: 'Vælg et klokkeslæt, eller vælg formiddag eller eftermiddag.',
  past: 'Den tid er gået. Vælg en, der kommer.',
  skipped: 'Den tid findes ikke: Uret bliver stillet frem den nat. Vælg en anden.',
  note: 'Noget, din kontaktperson skal vide?',
  noteHint: 'Det behøver du ikke skrive.',
  noteTooLong: 'Det er for langt. Skriv det lidt kortere.',
  send: 'Send ønsket',
  notSaved: 'Telefonen kunne ikke gemme det. Det, du skrev, står her stadig.',
  tooLate: 'Aftalen er begyndt, flyttet eller aflyst. Vil du have en ny tid, så ring.',
}
