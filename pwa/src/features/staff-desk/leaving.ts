/** Signing out while the server is down: this browser forgets at once, and ends the sign-in as soon as it can. */
import { ApiProblem } from '../../api/client'
import { signOut } from '../../api/staff'
import { eraseDesk } from './held'

/** Says that somebody left, and not who. Read at once, so that no console waits for it. */
const LEFT = 'staff-left'

function hasLeft(): boolean {
  try {
    return localStorage.getItem(LEFT) !== null
  } catch {
    return false
  }
}

/** Rejects where the browser stores nothing: then nobody is told that they are signed out. */
export async function leaveWithoutServer(): Promise<void> {
  localStorage.setItem(LEFT, '1')
  await eraseDesk()
}

/** Before anybody is let in by the sign-in that stayed. Rejects while it cannot be ended. */
export async function endWhatWasLeft(): Promise<void> {
  if (!hasLeft()) return
  await signOut().catch((error: unknown) => {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
  })
  localStorage.removeItem(LEFT)
}
