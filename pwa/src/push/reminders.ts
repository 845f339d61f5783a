/** Reminders on this phone: what is possible here, and what the person chose. */
import { signal } from '@preact/signals'
import * as api from '../api/citizen.ts'
import { mend, subscribe, toBody } from './registration.ts'

/**
 * `install`: an iPhone, where only the installed app may remind. `old`: the browser cannot.
 * `refused`: the browser was told no. `failed`: it was tried and did not work this time.
 */
export type ReminderState = 'off' | 'on' | 'refused' | 'install' | 'old' | 'failed'

export const reminderState = signal<ReminderState>('off')
export const reminderBusy = signal(false)
/** The last reminders went out, and this phone never said that it showed them. */
export const reminderSilent = signal(false)

/** True on an iPhone or iPad (which calls itself a Mac, but has a touch screen). */
export function isApplePhone(userAgent = navigator.userAgent, touches = navigator.maxTouchPoints): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touches > 1)
}

/** True when the app was opened from the home screen. */
export function isInstalled(): boolean {
  const apple = (navigator as { standalone?: boolean }).standalone === true
  return apple || matchMedia('(display-mode: standalone)').matches
}

/** What can be said before anything is asked of the browser. */
function possibility(): ReminderState {
  const can = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
  if (isApplePhone() && !isInstalled()) return 'install'
  if (!can) return 'old'
  return Notification.permission === 'denied' ? 'refused' : 'off'
}

const WORKER_PATIENCE_MS = 10_000

async function manager(): Promise<PushManager> {
  const patience = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no service worker')), WORKER_PATIENCE_MS),
  )
  return (await Promise.race([navigator.serviceWorker.ready, patience])).pushManager
}

/** At each start: the browser's binding and the server's are compared and mended. */
export async function checkReminders(wanted: boolean): Promise<void> {
  const possible = possibility()
  reminderState.value = possible
  if (possible !== 'off' || !wanted || Notification.permission !== 'granted') return
  reminderState.value = 'on'
  // No network: what worked yesterday is still believed; the next start looks again.
  reminderSilent.value = await mend(await manager()).catch(() => reminderSilent.value)
}

/** Looks again whether the browser may show reminders; only what has changed is said anew. */
export async function lookAgain(wanted: boolean): Promise<void> {
  const wasRefused = reminderState.value === 'refused'
  if (!reminderBusy.value && wasRefused !== (possibility() === 'refused')) await checkReminders(wanted)
}

/** Asks the browser, then binds this phone to the server; `keep`, which must not fail, writes down that it is wanted. Call it from a tap. */
export async function turnOn(keep?: () => Promise<unknown>): Promise<ReminderState> {
  if (possibility() !== 'off' || reminderBusy.value) return reminderState.value
  reminderBusy.value = true
  try {
    const state = await askAndBind()
    // Said only when the phone has had its chance to write it down; it is bound in any case.
    if (state === 'on') await keep?.()
    reminderState.value = state
  } catch {
    reminderState.value = 'failed'
  } finally {
    reminderBusy.value = false
  }
  return reminderState.value
}

/** Gives up the browser's binding and asks for a new one: an old one may lead nowhere. Call it from a tap. */
export async function renew(): Promise<ReminderState> {
  await (await (await manager()).getSubscription())?.unsubscribe()
  const state = await turnOn()
  if (state === 'on') reminderSilent.value = false
  return state
}

async function askAndBind(): Promise<ReminderState> {
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'refused' : 'off'
  const { vapid_public_key: key } = await api.getConfiguration()
  const subscription = await subscribe(await manager(), key)
  await api.putPushSubscription(toBody(subscription, key))
  return 'on'
}

/** Ends reminders on this phone; the server learns it now or by the dead binding. */
export async function turnOff(): Promise<void> {
  const subscription = await (await manager()).getSubscription()
  await subscription?.unsubscribe()
  reminderState.value = possibility()
  await api.deletePushSubscription().catch(() => undefined)
}

/** After this phone was forgotten. */
export function resetReminders(): void {
  reminderState.value = possibility()
}
