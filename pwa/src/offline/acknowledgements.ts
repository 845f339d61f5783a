/** The phone tells that a reminder was shown; it keeps trying until the server has heard it. */
import { ApiProblem } from '../api/client.ts'
import type { Vault } from './vault.ts'

export interface Acknowledgement {
  delivery_id: string
  secret: string
}

type Send = (deliveryId: string, secret: string) => Promise<void>

const KEPT = 50

/** Keeps an acknowledgement until it has been sent. */
export async function queueAcknowledgement(vault: Vault, acknowledgement: Acknowledgement): Promise<void> {
  await vault.write([{ table: 'acknowledgement', key: acknowledgement.delivery_id, value: acknowledgement }])
}

async function isSettled(send: Send, acknowledgement: Acknowledgement): Promise<boolean> {
  try {
    await send(acknowledgement.delivery_id, acknowledgement.secret)
    return true
  } catch (error) {
    // A malformed one never becomes right; everything else may pass later.
    return error instanceof ApiProblem && (error.status === 400 || error.status === 422)
  }
}

/** Sends what waits; what fails stays. True if nothing is left. */
export async function flushAcknowledgements(vault: Vault, send: Send): Promise<boolean> {
  const waiting = await vault.list<Acknowledgement>('acknowledgement')
  const surplus = waiting.slice(0, Math.max(0, waiting.length - KEPT))
  const settled = await Promise.all(
    waiting.slice(surplus.length).map(async (row) => ((await isSettled(send, row.value)) ? row : null)),
  )
  const done = [...surplus, ...settled.filter((row) => row !== null)]
  if (done.length > 0) await vault.write(done.map((row) => ({ table: 'acknowledgement', key: row.key })))
  return done.length === waiting.length
}
