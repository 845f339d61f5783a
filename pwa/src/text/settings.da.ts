/** Every Danish word of the settings, and of forgetting this phone. `settings.en.ts` has the same shape. */
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const settingsDa = {
  heading: 'Indstillinger',
  language: 'Sprog',
  calendar: 'Kalender',
  calendarWhat: 'Dine aftaler kan også stå i telefonens egen kalender.',
  calendarLink: 'Aftaler i din kalender',
  phone: 'Denne telefon',
  forget: 'Glem denne telefon',
  forgetWhat: 'Sletter alt om dig fra telefonen med det samme, også uden net.',
  forgetHeading: 'Glem denne telefon?',
  forgetText: 'Din plan, dine aftaler og dine mål forsvinder fra telefonen, og den minder dig ikke om noget. Det, der er sendt, er stadig gemt. Med en ny kode fra din kontaktperson kommer det igen.',
  forgetAlone: 'Det, du har skrevet, er kun på denne telefon. Det forsvinder, og ingen kan hente det igen.',
  forgetWaiting: (count: number) => `${counted(count, 'ændring er', 'ændringer er')} ikke sendt endnu. Glemmer du telefonen nu, forsvinder de.`,
  sendFirst: 'Send først',
  sending: 'Sender …',
  notSent: 'Det kunne ikke sendes nu. Prøv igen, når der er forbindelse.',
  forgetAnyway: 'Slet alligevel',
  forgetYes: 'Ja, glem telefonen',
  forgetNo: 'Nej, behold',
  forgetting: 'Sletter …',
  update: 'Der er en ny udgave.',
  updateNow: 'Hent den nu',
}
