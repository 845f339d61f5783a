import { computed } from '@preact/signals'
import { language } from './language.ts'
import { messagesDa } from './messages.da.ts'
import { messagesEn } from './messages.en.ts'

export type MessagesText = typeof messagesDa

/** The words about messages: apart from the others, so that the first page stays small. */
export const messagesText = computed<MessagesText>(() => (language.value === 'en' ? messagesEn : messagesDa))
