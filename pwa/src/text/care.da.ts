/** The Danish words about what was agreed, for the person. `care.en.ts` has the same shape. All drafts. */
export const careDa = {
  heading: 'Det, vi har aftalt',
  none: 'Her er ikke skrevet noget endnu. I skriver det sammen, når I mødes.',
  lead: 'Din kontaktperson har skrevet det her sammen med dig. Er noget forkert, så sig det. Det kan rettes.',
  written: (who: string, day: string) => `Skrevet af ${who} ${day}`,
  parts: {
    background: 'Hvorfor vi er her',
    needs: 'Det, du har brug for',
    purpose: 'Det, det skal føre til',
    effort: 'Det, vi gør',
  },
  methods: 'Tilbud, du får',
  children: 'Børn, der bor hos dig',
  childrenAnswers: { none: 'Nej', 'at-home': 'Ja' },
  review: (day: string) => `Vi ser på det igen ${day}.`,
  phase: 'Hvor vi er nu',
  phaseFrom: (name: string, day: string) => `${name}. Siden ${day}.`,
  print: {
    link: 'Skriv ud',
    heading: 'Skriv det ud?',
    text: 'På papir kan alle, der finder det, læse det. Læg det et sted, hvor det er trygt for dig.',
    yes: 'Skriv ud',
    no: 'Fortryd',
  },
}
