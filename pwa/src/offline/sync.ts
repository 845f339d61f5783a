import * as api from '../api/citizen.ts'
import { ApiProblem, Unreachable } from '../api/client.ts'
import { flushAcknowledgements } from './acknowledgements.ts'
import { listMutations } from './mutations.ts'
import { pushAll } from './push.ts'
import { applyPage, nextCursor } from './records.ts'
import type { Vault } from './vault.ts'

/**
 * `ended`: somebody ended this phone's session on purpose, so its data must go.
 * `expired`: the session is too old or its cookie was lost; what the phone holds stays.
 * `later`: no answer, or not now.
 */
export type SyncOutcome = 'done' | 'ended' | 'expired' | 'later'

const PAGES_AT_MOST = 200

/** Changes that the server has answered: whatever is pulled from now on holds their effect. */
async function listAnswered(vault: Vault): Promise<Set<string>> {
  const rows = await listMutations(vault)
  return new Set(rows.filter((row) => row.value.status !== 'waiting').map((row) => row.value.mutation_id))
}

async function pullAll(vault: Vault): Promise<void> {
  const answered = await listAnswered(vault)
  let cursor = await nextCursor(vault)
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const pulled = await api.pullChanges(cursor)
    // Without a cursor everything comes anew, so what was here before gives way to it.
    await applyPage(vault, cursor === undefined ? { ...pulled, reset: true } : pulled, answered)
    if (!pulled.more) return
    cursor = pulled.cursor
  }
}

/** What a refusal means; one without our own code comes from something between us and the server. */
function outcomeOf(error: ApiProblem): SyncOutcome {
  if (error.status !== 401 || error.code === 'unknown') return 'later'
  return error.code === 'session-ended' ? 'ended' : 'expired'
}

/** Sends what waits, then fetches what is new. */
export async function synchronise(vault: Vault): Promise<SyncOutcome> {
  await flushAcknowledgements(vault, api.acknowledge)
  try {
    await pushAll(vault)
    await pullAll(vault)
    return 'done'
  } catch (error) {
    if (error instanceof Unreachable) return 'later'
    if (error instanceof ApiProblem) return outcomeOf(error)
    throw error
  }
}
