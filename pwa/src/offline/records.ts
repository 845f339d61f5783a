import type { Appointment, Goal, Profile, PulledPage } from '../api/citizen.ts'
import type { Change, Vault } from './vault.ts'

/** Everything the server has told this phone. */
export interface Records {
  profile: Profile | null
  appointments: Appointment[]
  goals: Goal[]
}

interface Pulled {
  cursor: string
  /** False while a first or renewed load is only half here. */
  complete: boolean
}

const ENTITIES = ['profile', 'appointment', 'goal']

function toChange(change: PulledPage['changes'][number]): Change {
  const row = { table: 'record' as const, key: `${change.entity}:${change.id}` }
  return change.op === 'forget' || change.data === null ? row : { ...row, value: change.data }
}

/** Stores one page of changes and its cursor in one transaction. */
export async function applyPage(vault: Vault, page: PulledPage): Promise<void> {
  const changes = page.changes.filter((change) => ENTITIES.includes(change.entity)).map(toChange)
  const pulled: Pulled = { cursor: page.cursor, complete: !page.more }
  await vault.write([...changes, { table: 'state', key: 'pulled', value: pulled }], page.reset ? ['record'] : [])
}

/** Where the next pull goes on; none if something on the phone could not be opened. */
export async function nextCursor(vault: Vault): Promise<string | undefined> {
  const pulled = await vault.get<Pulled>('state', 'pulled')
  return vault.damaged() > 0 ? undefined : pulled?.cursor
}

/** Reads what the phone has, appointments in the order they happen. */
export async function readRecords(vault: Vault): Promise<Records> {
  const records: Records = { profile: null, appointments: [], goals: [] }
  for (const { key, value } of await vault.list<unknown>('record')) {
    if (key.startsWith('profile:')) records.profile = value as Profile
    else if (key.startsWith('appointment:')) records.appointments.push(value as Appointment)
    else if (key.startsWith('goal:')) records.goals.push(value as Goal)
  }
  records.appointments.sort((a, b) => a.starts_at.localeCompare(b.starts_at) || a.id.localeCompare(b.id))
  records.goals.sort((a, b) => a.id.localeCompare(b.id))
  return records
}

/** Whether a whole load has arrived at least once. */
export async function isComplete(vault: Vault): Promise<boolean> {
  return (await vault.get<Pulled>('state', 'pulled'))?.complete ?? false
}
