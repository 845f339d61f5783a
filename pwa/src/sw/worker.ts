/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { mend } from '../push/registration.ts'
import { neutralDa, noticeAnswers } from '../text/neutral.ts'
import { isGiven } from './answers.ts'
import { ownPath, readMessage, type ShownNotice } from './message.ts'
import { answerNotice, flushWaiting, receive } from './reminders.ts'

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

const answersOf = (lang: string) => noticeAnswers[lang === 'en' ? 'en' : 'da']

function show(notice: ShownNotice, canAnswer = false): Promise<void> {
  const words = answersOf(notice.lang)
  const actions = (['accepted', 'declined'] as const).map((action) => ({ action, title: words[action] }))
  const options: NotificationOptions & { renotify: boolean; actions?: typeof actions } = {
    body: notice.body,
    lang: notice.lang,
    tag: notice.tag,
    renotify: true, // a new time must be heard, though it takes the place of the old notice
    silent: notice.silent,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    data: { path: notice.path, revision: notice.revision },
    ...(canAnswer && { actions }),
  }
  return self.registration.showNotification(notice.title, options)
}

function rawOf(event: DeclarativePushEvent): string | null {
  const proposed = event.notification
  try {
    if (event.data) return event.data.text()
    if (!proposed) return null
    const { title, body, lang, navigate, tag, silent, data } = proposed
    return JSON.stringify({ notification: { title, body, lang, navigate, tag, silent, data } })
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

/** A tap opens the app; a tap on a button keeps the answer, and says so in a word that tells nobody anything. */
async function followTap({ notification, action }: NotificationEvent): Promise<void> {
  const data: Partial<ShownNotice> = (notification.data as Partial<ShownNotice> | null) ?? {}
  const path = ownPath(data.path ?? '/', self.location.origin)
  if (!isGiven(action)) return openPage(path)
  if (!(await answerNotice({ path, revision: data.revision ?? 0 }, action))) return openPage(path)
  const { tag, lang, title } = notification
  const body = answersOf(lang).kept
  await self.registration.showNotification(title, { body, tag, lang, silent: true, icon: '/icon-192.png', badge: '/badge-96.png', data: { path } })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(followTap(event))
})

self.addEventListener('pushsubscriptionchange' as 'push', (event) => {
  // If this does not reach the server, the next start of the app mends it.
  event.waitUntil(mend(self.registration.pushManager).catch(() => undefined))
})
