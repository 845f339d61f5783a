import { language } from './language.ts'
import { weekDa } from './week.da.ts'
import { weekEn } from './week.en.ts'

export type WeekText = typeof weekDa

/** The words of the counsellor's calendar in the language on the screen. */
export function weekText(): WeekText {
  return language.value === 'en' ? weekEn : weekDa
}
