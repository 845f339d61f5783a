import { ApiProblem } from '../../api/client.ts'
import { crisisLineText } from '../../text/crisisLine.ts'
import { text } from '../../text/text.ts'
import { explain } from '../trouble.ts'

/** Whoever typed it wrong, used it or came too late hears the same. */
export function reasonOf(error: unknown): string {
  const isUnknown = error instanceof ApiProblem && (error.status === 404 || error.status === 422)
  if (isUnknown) return crisisLineText.value.look.unknown
  return explain(error, text.value.trouble) ?? text.value.trouble.server
}
