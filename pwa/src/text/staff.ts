import { asLanguage, language, type Language } from './language'
import { staffDa } from './staff.da'
import { staffEn, type StaffText } from './staff.en'

export type { StaffText } from './staff.en'

const REMEMBERED = 'staff-language'

/** The words of the staff console in the language on the screen. */
export function staffText(): StaffText {
  return language.value === 'en' ? staffEn : staffDa
}

function show(chosen: Language): void {
  language.value = chosen
  document.documentElement.lang = chosen
}

/** Changes the language at once and keeps it for this browser. */
export function chooseStaffLanguage(chosen: Language): void {
  show(chosen)
  try {
    localStorage.setItem(REMEMBERED, chosen)
  } catch {
    // A browser that keeps nothing starts in Danish next time.
  }
}

/** Starts in the language that was chosen in this browser, else in Danish. */
export function startStaffLanguage(): void {
  try {
    show(asLanguage(localStorage.getItem(REMEMBERED)) ?? 'da')
  } catch {
    show('da')
  }
}
