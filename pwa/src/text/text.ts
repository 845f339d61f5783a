import { computed } from '@preact/signals'
import { da } from './da.ts'
import { en } from './en.ts'
import { language } from './language.ts'

export type Text = typeof da

/** The words in the chosen language. Read `.value` inside a component and it follows a change. */
export const text = computed<Text>(() => (language.value === 'en' ? en : da))
