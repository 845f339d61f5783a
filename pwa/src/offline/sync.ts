import * as api from '../api/citizen.ts'
import { ApiProblem, Unreachable } from '../api/client.ts'
import { flushAcknowledgements } from './acknowledgements.ts'
import { applyPage, nextCursor } from './records.ts'
import { flushReplies } from './replies.ts'
import type { Vault } from './vault.ts'

/** `ended`: the server knows this session no more. `later`: no answer, or not now. */
export type SyncOutcome = 'done' | 'ended' | 'later'

const PAGES_AT_MOST = 200

async function pullAll(vault: Vault): Promise<void> {
  let cursor = await nextCursor(vault)
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const pulled = await api.pullChanges(cursor)
    // Without a cursor everything comes anew, so what was here before gives way to it.
    await applyPage(vault, cursor === undefined ? { ...pulled, reset: true } : pulled)
    if (!pulled.more) return
    cursor = pulled.cursor
  }
}

/** A refusal of our own session, not of something between us and the server. */
function isEnded(error: ApiProblem): boolean {
  return error.status === 401 && error.code !== 'unknown'
}

/** Sends what waits, then fetches what is new. */
export async function synchronise(vault: Vault): Promise<SyncOutcome> {
  await flushAcknowledgements(vault, api.acknowledge)
  try {
    await flushReplies(vault, api.sendReply)
    await pullAll(vault)
    return 'done'
  } catch (error) {
    if (error instanceof Unreachable) return 'later'
    if (error instanceof ApiProblem) return isEnded(error) ? 'ended' : 'later'
    throw error
  }
}
