import { ApiProblem } from '../../api/client'
import { missedText } from '../../text/missed'
import type { Trouble } from '../../ui/form'

/** A colleague was faster: here that is no conflict to settle, only something to look at. */
export function explainCall(found: Trouble, error: unknown): Trouble {
  const words = missedText()
  if (!(error instanceof ApiProblem)) return found
  if (error.status === 412) return { message: words.stale }
  if (error.code === 'task-closed' || error.code === 'not-missed') return { message: words.closed }
  if (error.code === 'message-sent') return { message: words.message.sent }
  return found
}
