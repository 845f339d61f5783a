import { language } from './language.ts'
import { sheetsDa } from './sheets.da.ts'
import { sheetsEn } from './sheets.en.ts'

export type SheetsText = typeof sheetsDa

/** The words about the counsellor's calendar elsewhere and about sheets, in the language on the screen. */
export function sheetsText(): SheetsText {
  return language.value === 'en' ? sheetsEn : sheetsDa
}
