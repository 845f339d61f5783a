import { language } from './language.ts'
import { ratesDa } from './rates.da.ts'
import { ratesEn } from './rates.en.ts'

export type RatesText = typeof ratesDa

/** The words about the centre's figures in the language on the screen. */
export function ratesText(): RatesText {
  return language.value === 'en' ? ratesEn : ratesDa
}
