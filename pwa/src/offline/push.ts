/** Sends what waits, in the order in which it was made, and keeps what the server says about each change. */
import { pushMutations, type PushResult, type SentMutation } from '../api/plan.ts'
import { ApiProblem, Unreachable } from '../api/client.ts'
import { isErasable, isErase, withoutWords } from './erasure.ts'
import { getClient, keepClient, keepMutation, listMutations, renewClient, type QueuedMutation, type QueueRow } from './mutations.ts'
import { toOutcome } from './replies.ts'
import type { Amendment, Change, Vault } from './vault.ts'

const BATCH = 100
const BATCH_BYTES = 400_000
/** How often the numbers may be put right before the phone waits for the next time. */
const REPAIRS_AT_MOST = 20

interface Batch {
  client_id: string
  mutations: SentMutation[]
}

const isWaiting = ({ value }: QueueRow) => value.status === 'waiting'

function toSent(value: QueuedMutation, client_seq: number): SentMutation {
  const { mutation_id, entity, entity_id, op, fields, schema_version, device_at } = value
  return { mutation_id, client_seq, entity, entity_id, op, fields, schema_version, device_at }
}

function fitting(rows: readonly QueueRow[], limit: number): QueueRow[] {
  let bytes = 0
  return rows.slice(0, limit).filter((row, place) => {
    bytes += new TextEncoder().encode(JSON.stringify(row.value)).length
    return place === 0 || bytes <= BATCH_BYTES
  })
}

/** Numbers what has no number yet; the numbers are kept before anything is sent. */
function takeBatch(vault: Vault, limit: number): Promise<Batch> {
  return vault.amend(async (): Promise<Amendment<Batch>> => {
    const all = await listMutations(vault)
    const rows = fitting(all.filter(isWaiting), limit)
    const client = await getClient(vault, all)
    let next = client.next_seq
    const numbered = rows.map((row) => ({ ...row, value: { ...row.value, client_seq: row.value.client_seq ?? next++, tried: true } }))
    const batch = { client_id: client.client_id, mutations: numbered.map(({ value }) => toSent(value, value.client_seq)) }
    const isNew = rows.some(({ value }) => !value.tried || value.client_seq === null)
    const changes = isNew ? [...numbered.map(keepMutation), keepClient({ ...client, next_seq: next })] : []
    return { changes, result: batch }
  })
}

function afterResult(value: QueuedMutation, { result, data, problem }: PushResult): QueuedMutation {
  const isRefused = result.startsWith('rejected_') || (result === 'duplicate' && problem !== null)
  // What was emptied on the way has nothing left to say.
  if (!isRefused || isErase(value)) return { ...value, status: 'answered' }
  // Its owner has deleted the line for good, on another phone: its words are kept nowhere.
  const isGone = isErasable(value.entity) && problem?.code === 'not-found' && !data?.rejected_edit
  if (isGone) return { ...withoutWords(value), status: 'answered' }
  const refused: QueuedMutation = { ...value, status: 'refused', code: problem?.code ?? result }
  return data?.rejected_edit ? { ...refused, rejected_id: data.rejected_edit } : refused
}

/** Keeps the answers. Gives back how many changes they were about. */
function settle(vault: Vault, batch: Batch, results: readonly PushResult[]): Promise<number> {
  const byId = new Map(results.map((each) => [each.mutation_id, each]))
  const sent = new Set(batch.mutations.map((each) => each.mutation_id))
  return vault.amend(async (): Promise<Amendment<number>> => {
    const changes: Change[] = []
    let count = 0
    for (const row of (await listMutations(vault)).filter(isWaiting)) {
      const result = byId.get(row.value.mutation_id)
      if (!result || !sent.has(row.value.mutation_id)) continue
      const value = afterResult(row.value, result)
      changes.push(keepMutation({ ...row, value }), ...toOutcome(value))
      count += 1
    }
    return { changes, result: count }
  })
}

/** Numbers everything that waits from the number that the server expects. */
export function renumber(vault: Vault, expected: number): Promise<void> {
  return vault.amend(async (): Promise<Amendment<void>> => {
    const all = await listMutations(vault)
    const rows = all.filter(isWaiting)
    const numbered = rows.map((row, place) => keepMutation({ ...row, value: { ...row.value, client_seq: expected + place } }))
    const client = await getClient(vault, all)
    const counted = keepClient({ ...client, next_seq: expected + rows.length })
    return { changes: [...numbered, counted], result: undefined }
  })
}

/** One change that the server cannot read at all: its words stay here, and the queue goes on. */
function refuseHere(vault: Vault, mutation: SentMutation, code: string): Promise<number> {
  const { mutation_id, client_seq } = mutation
  const result = { mutation_id, client_seq, result: 'rejected_validation', data: null, problem: { code } }
  return settle(vault, { client_id: '', mutations: [mutation] }, [result])
}

/** Puts right what the server could not take as it was. The number of changes to send at once, or throws. */
async function repair(vault: Vault, batch: Batch, problem: ApiProblem): Promise<number> {
  const expected = Number(problem.fields['client_seq']?.[0])
  const first = batch.mutations[0]
  const isTooNew = Object.keys(problem.fields).some((name) => name.endsWith('schema_version'))
  if (problem.code === 'unknown' || isTooNew) throw problem
  if (problem.code === 'sequence-gap' && expected >= 1) await renumber(vault, expected)
  else if (problem.status === 404) await vault.amend(async () => ({ changes: await renewClient(vault), result: undefined }))
  else if (![400, 413, 422].includes(problem.status) || !first) throw problem
  else if (batch.mutations.length > 1) return Math.ceil(batch.mutations.length / 2)
  else await refuseHere(vault, first, problem.code)
  return batch.mutations.length
}

/**
 * Sends everything that waits.
 *
 * Throws `Unreachable`, or the `ApiProblem` of a refusal that may pass (401, 429, 5xx): what was not answered waits.
 */
export async function pushAll(vault: Vault): Promise<void> {
  let limit = BATCH
  for (let repairs = 0; repairs < REPAIRS_AT_MOST; ) {
    const batch = await takeBatch(vault, limit)
    if (batch.mutations.length === 0) return
    try {
      const { results } = await pushMutations(batch.client_id, batch.mutations)
      if (!Array.isArray(results) || (await settle(vault, batch, results)) === 0) throw new Unreachable()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      limit = await repair(vault, batch, error)
      repairs += 1
    }
  }
  throw new Unreachable()
}
