/** Every Danish word on the page about leaving fast. `leaving.en.ts` has the same shape. All drafts. */
export const leavingDa = {
  how: [
    '»Hurtigt væk« står øverst til venstre på alle sider. Skærmen bliver tom med det samme, også uden net.',
    'Har du et tastatur, kan du trykke tre gange på Shift.',
    'Tilbage viser ikke, hvad du så på. Appen åbner først igen, når du selv åbner den.',
    'I din plan bliver det, du er ved at skrive, gemt på telefonen.',
  ],
  limits: 'Det kan knappen ikke',
  cannot: [
    'Browserens historik viser stadig, at du har været her. Den kan du selv slette i browseren.',
    'Den, der kan låse din telefon op, kan også åbne appen, hvis du ikke har en kode på den.',
    'Nogle programmer kan holde øje med alt, hvad der sker på telefonen. Dem kan knappen ikke skjule noget for.',
  ],
}
