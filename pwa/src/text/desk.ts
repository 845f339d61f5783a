import { deskDa } from './desk.da.ts'
import { deskEn } from './desk.en.ts'
import { language } from './language.ts'

export type DeskText = typeof deskDa

/** The words of the crisis line's desk in the language on the screen. */
export function deskText(): DeskText {
  return language.value === 'en' ? deskEn : deskDa
}
