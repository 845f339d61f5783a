/** The words for a push message that says nothing we can read: apart, so that the service worker stays small. */
export const neutralDa = { title: 'Du har en påmindelse', body: '', lang: 'da' }
export const neutralEn = { title: 'You have a reminder', body: '', lang: 'en' }

/** The buttons that a person may ask for, and what is said when one was tapped. */
export const noticeAnswers = {
  da: { accepted: 'Jeg kommer', declined: 'Jeg kan ikke', kept: 'Gemt.' },
  en: { accepted: 'I will come', declined: 'I cannot', kept: 'Saved.' },
}
