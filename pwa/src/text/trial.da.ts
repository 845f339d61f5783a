/** The Danish words about a trial notice. English (`trial.en.ts`) has the same shape. */
export const trialDa = {
  send: 'Send en prøve',
  sending: 'Sender …',
  heading: 'Sådan gik det med prøven',
  planned: 'Prøven er klar',
  handed: 'Sendt til telefonens beskedtjeneste',
  notHanded: 'Ikke sendt endnu',
  notSent: 'Den blev ikke sendt',
  accepted: 'Tjenesten tog imod den',
  waiting: 'Tjenesten svarer ikke lige nu. Vi prøver igen.',
  refused: 'Tjenesten tog ikke imod den',
  shown: 'Vist på denne telefon',
  notShown: 'Ikke vist endnu',
  neverShown: 'Ikke vist. Se, om telefonen må vise beskeder fra appen, eller slå påmindelser fra og til igen.',
  many: 'Du kan sende tre prøver i timen. Prøv igen senere.',
  needsNet: 'Det kræver forbindelse. Der er ikke sendt noget.',
}
