/** "Glem denne telefon": everything of ours goes, at once and without a network. */
import { endSession } from '../api/citizen.ts'
import { ApiProblem } from '../api/client.ts'
import { readFarewell, writeFarewell, writeLanguage, writeLockMark, writePairedMark } from './farewell.ts'
import { deleteVault } from './vault.ts'

const PATIENCE_MS = 3_000

/** Waits for a step, but not for ever, and not for its failure. */
export function withPatience(step: Promise<unknown>, milliseconds = PATIENCE_MS): Promise<unknown> {
  return Promise.race([step.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, milliseconds))])
}

async function registrations(): Promise<readonly ServiceWorkerRegistration[]> {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.getRegistrations() : []
}

/** Reminders for the person before end: what is shown and what would come. */
export async function removeBinding(): Promise<void> {
  for (const registration of await registrations()) {
    const shown = (await registration.getNotifications?.().catch(() => [])) ?? []
    shown.forEach((notification) => notification.close())
    const subscription = await registration.pushManager?.getSubscription().catch(() => null)
    if (subscription) await withPatience(subscription.unsubscribe())
  }
}

async function removeWorker(): Promise<void> {
  await removeBinding()
  for (const registration of await registrations()) await registration.unregister()
}

async function removeCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
}

async function removeBadge(): Promise<void> {
  if ('clearAppBadge' in navigator) await navigator.clearAppBadge()
}

/** Wipes the phone. If it is cut off, the mark makes the next start go on. */
export async function wipe(): Promise<void> {
  writeFarewell('wipe')
  await clearTraces()
  writeFarewell('session')
}

/** Takes away what the app has put on this device; the session stays. */
export async function clearTraces(): Promise<void> {
  writeLanguage(null)
  writeLockMark(false)
  writePairedMark(false)
  await Promise.all([deleteVault(), removeWorker(), removeCaches(), removeBadge()].map((step) => withPatience(step)))
}

let saying: Promise<boolean> | null = null

/** Ends the session on the server if that is still owed. True when nothing is left to do. */
export function sayFarewell(): Promise<boolean> {
  // One at a time: a late answer to an old one must not take away the cookie of a new session.
  saying ??= tryFarewell().finally(() => (saying = null))
  return saying
}

async function tryFarewell(): Promise<boolean> {
  const stage = readFarewell()
  if (stage === null) return true
  // Another page is at it, or was cut off: the next start knows which.
  if (stage === 'giving-up') return false
  try {
    await endSession()
  } catch (error) {
    const isGone = error instanceof ApiProblem && error.status === 401 && error.code !== 'unknown'
    if (!isGone) return false
  }
  writeFarewell(null)
  return true
}

/** Goes on with a wipe that was cut off. */
export async function finishWipe(): Promise<void> {
  if (readFarewell() === 'wipe') await wipe()
}
