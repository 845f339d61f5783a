import { computed } from '@preact/signals'
import { language } from './language.ts'
import { waysDa } from './ways.da.ts'
import { waysEn } from './ways.en.ts'

export type WaysText = typeof waysDa

/** The words about pauses and other ways to be told. */
export const waysText = computed<WaysText>(() => (language.value === 'en' ? waysEn : waysDa))
