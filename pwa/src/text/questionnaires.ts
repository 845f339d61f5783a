import { computed } from '@preact/signals'
import { language } from './language.ts'
import { questionnairesDa } from './questionnaires.da.ts'
import { questionnairesEn } from './questionnaires.en.ts'

export type QuestionnairesText = typeof questionnairesDa

/** The words around the questionnaires: apart from the others, so that the first page stays small. */
export const questionnairesText = computed<QuestionnairesText>(() => (language.value === 'en' ? questionnairesEn : questionnairesDa))
