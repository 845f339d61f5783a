import { signal } from '@preact/signals'

export type Language = 'da' | 'en'
export const LANGUAGES: readonly Language[] = ['da', 'en']

/** The language of everything on the screen; changing it changes the page at once. */
export const language = signal<Language>('da')

/** Narrows an unknown value to a language that we have. */
export function asLanguage(value: unknown): Language | null {
  return value === 'da' || value === 'en' ? value : null
}
