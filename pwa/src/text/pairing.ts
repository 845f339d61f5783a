import { computed } from '@preact/signals'
import { language } from './language.ts'
import { pairingDa } from './pairing.da.ts'
import { pairingEn } from './pairing.en.ts'

export type PairingText = typeof pairingDa

/** The words about connecting a phone: apart from the others, so that the first page stays small. */
export const pairingText = computed<PairingText>(() => (language.value === 'en' ? pairingEn : pairingDa))
