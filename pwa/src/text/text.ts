import { computed, signal } from '@preact/signals'
import { da } from './da.ts'
import { language, type Language } from './language.ts'

export type Text = typeof da

/** Comes as a file of its own, so that the first page stays small; the phone keeps that file. */
const english = signal<Text | null>(null)

/** The words in the chosen language. Read `.value` inside a component and it follows a change. */
export const text = computed<Text>(() => (language.value === 'en' && english.value ? english.value : da))

/** Fetches the English words before somebody asks for them. False: they did not come. */
export async function prepareEnglish(): Promise<boolean> {
  english.value ??= await import('./en.ts').then(
    ({ en }) => en,
    () => null,
  )
  return english.value !== null
}

/** Speaks a language as soon as its words are here. False: they did not come, and everything stays as it is. */
export async function speak(chosen: Language): Promise<boolean> {
  if (chosen === 'en' && !(await prepareEnglish())) return false
  language.value = chosen
  return true
}
