import { writeLanguage } from '../../offline/farewell.ts'
import { isShared } from '../../offline/shared.ts'
import { language, type Language } from '../../text/language.ts'
import { speak, text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'

/** Changes every word on the screen at once; remembered on this phone. */
export async function setLanguage(chosen: Language): Promise<void> {
  if ((await speak(chosen)) && !isShared.value) writeLanguage(chosen)
}

/** One button, named in the language it leads to. */
export function LanguageSwitch() {
  const other: Language = language.value === 'da' ? 'en' : 'da'
  return (
    <Button kind="quiet" onClick={() => void setLanguage(other)}>
      <span lang={other}>{text.value.otherLanguage}</span>
    </Button>
  )
}
