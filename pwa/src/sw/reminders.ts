import * as api from '../api/citizen.ts'
import { flushAcknowledgements, queueAcknowledgement } from '../offline/acknowledgements.ts'
import { alone, tell } from '../offline/tabs.ts'
import { synchronise } from '../offline/sync.ts'
import { openVault, type Vault } from '../offline/vault.ts'
import { answerable, holds, keepAnswer, type Given } from './answers.ts'
import type { PushMessage, ShownNotice } from './message.ts'

const PATIENCE_MS = 1_500
const BUTTONS_PATIENCE_MS = 700
const REMEMBERED = 100

/** `canAnswer`: the person asked for buttons on the notice, and has seen the time that it is about. */
type Show = (notice: ShownNotice, canAnswer: boolean) => Promise<void>

/** The newest notice under this tag: an older revision that comes late never replaces a newer one. */
export async function newestOf(vault: Vault, notice: ShownNotice): Promise<ShownNotice> {
  const known = await vault.get<ShownNotice>('shown', notice.tag)
  return known && known.revision > notice.revision ? known : notice
}

async function remember(vault: Vault, notice: ShownNotice): Promise<void> {
  const rows = await vault.list<ShownNotice>('shown')
  const surplus = rows.slice(0, Math.max(0, rows.length - REMEMBERED))
  await vault.write([
    ...surplus.map((row) => ({ table: 'shown' as const, key: row.key })),
    { table: 'shown', key: notice.tag, value: notice },
  ])
}

async function openSoon(): Promise<Vault | null> {
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
  return Promise.race([openVault().catch(() => null), patience])
}

/** Sends one acknowledgement where nothing can be stored. */
async function acknowledgeAtOnce(message: PushMessage): Promise<void> {
  const { acknowledgement } = message
  if (acknowledgement) await api.acknowledge(acknowledgement.delivery_id, acknowledgement.secret).catch(() => undefined)
}

/** Shows the notice, whatever the storage does; then keeps its acknowledgement for `flushWaiting`. */
export async function receive(message: PushMessage, show: Show, open = openSoon): Promise<void> {
  const vault = await open()
  try {
    const notice = vault ? await newestOf(vault, message.notice).catch(() => message.notice) : message.notice
    await show(notice, vault !== null && (await soon(isAnswerable(vault, notice))))
    if (!vault) return await acknowledgeAtOnce(message)
    await keep(vault, message, notice).catch(() => acknowledgeAtOnce(message))
  } finally {
    vault?.close()
  }
}

async function isAnswerable(vault: Vault, notice: ShownNotice): Promise<boolean> {
  return (await answerable(vault, notice, Date.now())) !== null
}

/** Nothing holds up the notice itself. */
async function soon(asked: Promise<boolean>): Promise<boolean> {
  const patience = new Promise<false>((resolve) => setTimeout(() => resolve(false), BUTTONS_PATIENCE_MS))
  return Promise.race([asked.catch(() => false), patience])
}

/**
 * Keeps an answer given on the notice and sends it if there is a way. False: the app must be opened instead, for it
 * could not be given from here, or the server took it otherwise than it was meant.
 */
export async function answerNotice(notice: Pick<ShownNotice, 'path' | 'revision'>, answer: Given, open = openSoon): Promise<boolean> {
  const vault = await open()
  if (!vault) return false
  try {
    const appointmentId = await keepAnswer(vault, notice, answer)
    if (appointmentId === null) return false
    tell('changed')
    // What cannot be sent now waits in the queue, as an answer from the app does.
    await alone(() => synchronise(vault).then(() => undefined)).catch(() => undefined)
    tell('changed')
    return await holds(vault, appointmentId, answer)
  } catch {
    return false
  } finally {
    vault.close()
  }
}

async function keep(vault: Vault, message: PushMessage, notice: ShownNotice): Promise<void> {
  if (message.acknowledgement) await queueAcknowledgement(vault, message.acknowledgement)
  await remember(vault, notice)
}

/** Sends what earlier pushes left behind. Throws if something is still waiting, so that the browser tries again. */
export async function flushWaiting(open = openSoon): Promise<void> {
  const vault = await open()
  if (!vault) return
  try {
    if (!(await flushAcknowledgements(vault, api.acknowledge))) throw new Error('acknowledgements are still waiting')
  } finally {
    vault.close()
  }
}
