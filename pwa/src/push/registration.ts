/** The binding between this phone and the server's reminders; page and service worker both mend it. */
import * as api from '../api/citizen.ts'

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const padded = text.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0))
}

function toBase64Url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** What the server needs to reach this subscription. */
export function describeSubscription(subscription: PushSubscription): api.PushSubscriptionBody {
  const part = (name: PushEncryptionKeyName) => toBase64Url(subscription.getKey(name) ?? new ArrayBuffer(0))
  return {
    endpoint: subscription.endpoint,
    keys: { p256dh: part('p256dh'), auth: part('auth') },
    vapid_public_key: toBase64Url(subscription.options.applicationServerKey ?? new ArrayBuffer(0)),
  }
}

/** The name under which the server knows an endpoint. */
export async function endpointHash(endpoint: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isForKey(subscription: PushSubscription, key: string): boolean {
  const bound = subscription.options.applicationServerKey
  return bound !== null && toBase64Url(bound) === key.replace(/=+$/, '')
}

/** A subscription under this key; one under a retired key gives way to it. */
export async function subscribe(manager: PushManager, key: string): Promise<PushSubscription> {
  const known = await manager.getSubscription()
  if (known && isForKey(known, key)) return known
  await known?.unsubscribe()
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(key) })
}

/**
 * Makes the browser's binding and the server's the same; asks the browser for a new one if it lost it.
 * Page and service worker wait for each other: the one that looked first must not name an ended binding last.
 * Says whether the last reminders went out and were never shown here.
 */
export async function mend(manager: PushManager): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager }
  return locks ? locks.request('push-binding', () => mendNow(manager)) : mendNow(manager)
}

async function mendNow(manager: PushManager): Promise<boolean> {
  const server = await api.getPushState()
  const subscription = await subscribe(manager, server.vapid_public_key)
  const isKnown = server.active && server.endpoint_hash === (await endpointHash(subscription.endpoint))
  if (!isKnown) await api.putPushSubscription(toBody(subscription, server.vapid_public_key))
  return isKnown && server.silent
}

/** Some browsers do not say which key a subscription is bound to; we know which one we asked for. */
export function toBody(subscription: PushSubscription, key: string): api.PushSubscriptionBody {
  return { ...describeSubscription(subscription), vapid_public_key: key }
}
