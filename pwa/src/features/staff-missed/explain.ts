import { ApiProblem } from '../../api/client'
import type { CallRow } from '../../api/staffMissed'
import { missedText } from '../../text/missed'
import { sayDone } from '../../ui/flash'
import type { Trouble } from '../../ui/form'

/** What is off the list now has no place left to say it at: it is said at the edge of the screen. */
export function sayIfOffTheList(row: CallRow, rows: readonly CallRow[] | undefined): void {
  if (rows && !rows.some((one) => one.id === row.id)) sayDone(missedText().closed)
}

/** A colleague was faster: here that is no conflict to settle, only something to look at. */
export function explainCall(found: Trouble, error: unknown): Trouble {
  const words = missedText()
  if (!(error instanceof ApiProblem)) return found
  if (error.status === 412) return { message: words.stale }
  if (error.code === 'task-closed' || error.code === 'not-missed') return { message: words.closed }
  if (error.code === 'message-sent') return { message: words.message.sent }
  return found
}
