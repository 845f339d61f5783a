/** Every Danish word about what a person may ask of those who hold something about them. `rights.en.ts` has the same shape. */
export const rightsDa = {
  takeHeading: 'Tag det hele med',
  takeText: 'Du kan få alt, hvad der er gemt om dig: aftaler, mål, plan, og hvornår nogen har set i det.',
  takePdf: 'Hent som PDF til at læse',
  takeJson: 'Hent som fil til et andet system',
  takeNetwork: 'Det kræver net. Filen hedder »overblik« og ligger bagefter på telefonen.',
  eraseCard: 'Få alt slettet',
  eraseCan: 'Du kan bede os slette alt om dig. Det sker efter 7 dage, så du kan nå at fortryde.',
  erase: 'Bed om at få alt slettet',
  eraseHeading: 'Slet alt om mig?',
  eraseWhat: 'Aftaler, mål, plan og alt, du har skrevet, bliver slettet hos os og på dine telefoner. Du får ingen påmindelser.',
  eraseRegret: 'Der går 7 dage. Indtil da kan du fortryde her.',
  eraseYes: 'Ja, bed om sletning',
  eraseNo: 'Nej, behold',
  eraseDue: (day: string) => `Alt om dig bliver slettet ${day}.`,
  withdraw: 'Fortryd, behold det hele',
  noNetwork: 'Det kunne ikke lade sig gøre lige nu. Prøv igen, når der er forbindelse.',
}
