import { staffText } from './staff'

/** What stands in a field that both have changed; nothing when there is no such quarrel. An empty field has the words for nothing. */
export function sayStandsNow<T extends string | string[]>(now: T | undefined, nothing: string, say: (now: T) => string = String): string | undefined {
  if (now === undefined) return undefined
  return staffText().standsNow(now.length > 0 ? say(now) : nothing)
}
