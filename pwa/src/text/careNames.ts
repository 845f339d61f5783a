/** What services and phases are called, as the content was rendered for this build. */
import phases from '../../generated/phases.json'
import services from '../../generated/services.json'
import { language } from './language.ts'

const NAMES: Record<string, { da: string; en: string }> = Object.fromEntries(
  services.centres.flatMap((centre) => centre.services.map((service) => [service.id, service.name])),
)

/** A service in the language on the screen; a withdrawn one by its code. */
export function methodName(id: string): string {
  return NAMES[id]?.[language.value] ?? id
}

/** A phase in the language on the screen. */
export function phaseName(code: string): string {
  return (phases as Record<string, { da: string; en: string }>)[code]?.[language.value] ?? code
}
