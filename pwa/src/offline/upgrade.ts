/** Carries over what an older version of the app has stored. */
import { listMutations, toMutation, keepMutation, getClient, keepClient, placeKey } from './mutations.ts'
import type { QueuedReply } from './replies.ts'
import type { Amendment, Vault } from './vault.ts'

/** 1: answers to appointments waited in a table of their own. 2: everything waits in one queue. */
export const SCHEMA_VERSION = 2

/** All of it or nothing: cut off, the old format is still there at the next start. */
export function upgrade(vault: Vault): Promise<void> {
  return vault.amend(async (): Promise<Amendment<void>> => {
    const version = (await vault.get<number>('state', 'schema_version')) ?? 1
    const waiting = (await vault.list<QueuedReply>('reply')).filter((row) => row.value.status === 'waiting')
    // A tab with the old app may still have kept an answer after the first upgrade.
    if (version >= SCHEMA_VERSION && waiting.length === 0) return { changes: [], result: undefined }
    const client = await getClient(vault, await listMutations(vault))
    const carried = await Promise.all(
      waiting.map(async ({ value: { appointment_id: entity_id, revision, reply } }, step) => ({
        key: placeKey(client.next_place + step),
        value: await toMutation({ entity: 'appointment', entity_id, op: 'reply', fields: { revision, reply } }),
      })),
    )
    return {
      changes: [
        ...waiting.map((row) => ({ table: 'reply' as const, key: row.key })),
        ...carried.map(keepMutation),
        keepClient({ ...client, next_place: client.next_place + carried.length }),
        { table: 'state', key: 'schema_version', value: Math.max(version, SCHEMA_VERSION) },
      ],
      result: undefined,
    }
  })
}
