/** The days next to today, by their distance. */
export const NEAR: Record<'da' | 'en', Record<number, string>> = {
  da: { [-1]: 'i går', 0: 'i dag', 1: 'i morgen' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
}
