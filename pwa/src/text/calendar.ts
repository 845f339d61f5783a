import { computed } from '@preact/signals'
import { calendarDa } from './calendar.da.ts'
import { calendarEn } from './calendar.en.ts'
import { language } from './language.ts'

export type CalendarText = typeof calendarDa

/** The words about calendars outside the app: apart from the others, so that the first page stays small. */
export const calendarText = computed<CalendarText>(() => (language.value === 'en' ? calendarEn : calendarDa))
