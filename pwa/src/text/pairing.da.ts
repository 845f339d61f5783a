/** Every Danish word about connecting a phone, but for the heading. `pairing.en.ts` has the same shape. */
export const pairingDa = {
  label: 'Koden',
  hint: '8 tegn, for eksempel ABCD-EFGH. Den gælder i 10 minutter.',
  connect: 'Forbind telefonen',
  connecting: 'Forbinder …',
  scan: 'Scan koden i stedet',
  stopScan: 'Stop kameraet',
  scanning: 'Ret kameraet mod den firkantede kode.',
  noCamera: 'Kameraet kunne ikke åbnes. Du kan skrive koden i stedet.',
  otherWay: 'Du kan også åbne telefonens eget kamera og rette det mod koden.',
  fromLink: 'Koden er hentet fra det, du scannede. Tryk for at forbinde telefonen.',
  already: 'Telefonen er allerede forbundet.',
  toSettings: 'Vil du forbinde den til en anden, så glem den først under Indstillinger.',
  errorHeading: 'Telefonen er ikke forbundet endnu',
  incomplete: 'Koden har 8 tegn. Se efter, om der mangler noget.',
  invalid: 'Koden passer ikke, eller den er brugt eller for gammel. Bed om en ny.',
}
