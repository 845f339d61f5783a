import { ApiProblem, Unreachable } from '../api/client.ts'
import type { Text } from '../text/text.ts'

/** What to tell a person about something that did not work; null if it is no matter of the network. */
export function explain(error: unknown, words: Text['trouble']): string | null {
  if (error instanceof Unreachable) return words.network
  if (!(error instanceof ApiProblem)) return null
  return error.status === 429 ? words.tooMany : words.server
}
