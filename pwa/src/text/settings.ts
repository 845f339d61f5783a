import { computed } from '@preact/signals'
import { language } from './language.ts'
import { settingsDa } from './settings.da.ts'
import { settingsEn } from './settings.en.ts'

export type SettingsText = typeof settingsDa

/** The words of the settings: apart from the others, so that the first page stays small. */
export const settingsText = computed<SettingsText>(() => (language.value === 'en' ? settingsEn : settingsDa))
