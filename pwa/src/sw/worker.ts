/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { mend } from '../push/registration.ts'
import { neutralDa } from '../text/neutral.ts'
import { ownPath, readMessage, type ShownNotice } from './message.ts'
import { flushWaiting, receive } from './reminders.ts'

declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: { url: string; revision: string | null }[]

/** Background Sync, where the browser has it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** What a declarative message hands over instead of its data. */
interface DeclarativePushEvent extends PushEvent {
  readonly notification?: Notification & { navigate?: string }
}

precacheAndRoute(__PRECACHE__, { cleanURLs: false })
cleanupOutdatedCaches()
// The API, the console and the server's own pages always come from the server.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api\//, /^\/staff(\/|$)/, /^\/(healthz|readyz|metrics|was)$/],
  }),
)

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const isOurs = event.origin === self.location.origin && event.data === 'activate'
  if (isOurs) void self.skipWaiting()
})

function show(notice: ShownNotice): Promise<void> {
  const options: NotificationOptions & { renotify: boolean } = {
    body: notice.body,
    lang: notice.lang,
    tag: notice.tag,
    renotify: true, // a new time must be heard, though it takes the place of the old notice
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    data: { path: notice.path },
  }
  return self.registration.showNotification(notice.title, options)
}

function rawOf(event: DeclarativePushEvent): string | null {
  const proposed = event.notification
  try {
    if (event.data) return event.data.text()
    if (!proposed) return null
    const { title, body, lang, navigate, tag, data } = proposed
    return JSON.stringify({ notification: { title, body, lang, navigate, tag, data } })
  } catch {
    return null
  }
}

async function askForSync(): Promise<void> {
  const manager = (self.registration as { sync?: { register(tag: string): Promise<void> } }).sync
  await manager?.register('acknowledgements').catch(() => undefined)
}

self.addEventListener('push', (event) => {
  const message = readMessage(rawOf(event), self.location.origin, neutralDa)
  event.waitUntil(receive(message, show).then(() => flushWaiting().catch(askForSync)))
})

self.addEventListener('sync' as 'push', (event) => {
  if ((event as unknown as SyncEvent).tag === 'acknowledgements') event.waitUntil(flushWaiting())
})

async function openPage(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // A page that somebody has left stays as it is: the app opens beside it.
  const isCitizens = (client: WindowClient) => !/^\/(staff|overblik\.html)/.test(new URL(client.url).pathname)
  const page = windows.find(isCitizens)
  if (!page) {
    await self.clients.openWindow(path)
    return
  }
  page.postMessage({ type: 'open', path })
  await page.focus()
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const data: unknown = event.notification.data
  const path = typeof data === 'object' && data !== null && 'path' in data ? data.path : '/'
  event.waitUntil(openPage(ownPath(path, self.location.origin)))
})

self.addEventListener('pushsubscriptionchange' as 'push', (event) => {
  // If this does not reach the server, the next start of the app mends it.
  event.waitUntil(mend(self.registration.pushManager).catch(() => undefined))
})
