/** The words for a push message that says nothing we can read: apart, so that the service worker stays small. */
export const neutralDa = { title: 'Du har en påmindelse', body: '', lang: 'da' }
export const neutralEn = { title: 'You have a reminder', body: '', lang: 'en' }
