import { computed } from '@preact/signals'
import { language } from './language.ts'
import { noticesDa } from './notices.da.ts'
import { noticesEn } from './notices.en.ts'

export type NoticesText = typeof noticesDa

/** The words about what else one can be told of. */
export const noticesText = computed<NoticesText>(() => (language.value === 'en' ? noticesEn : noticesDa))
