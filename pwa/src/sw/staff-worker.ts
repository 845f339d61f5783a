/// <reference lib="webworker" />
import { addRoute, cleanupOutdatedCaches, createHandlerBoundToURL, precache } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

/**
 * Lets the crisis line's desk open while the server is down. It keeps the console's own files and nothing else: no
 * answer of the server, no name, no word that anybody typed.
 */
declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: { url: string; revision: string | null }[]

/** So long may a page take; then the one that was kept opens, and goes on asking by itself. */
const PATIENCE_MS = 4_000

precache(__PRECACHE__)
cleanupOutdatedCaches()
const kept = createHandlerBoundToURL('/staff/index.html')

/** The page as the server has it today; rejected when it does not come in time, or says that it cannot. */
async function fresh(request: Request): Promise<Response> {
  const patience = new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('no answer in time')), PATIENCE_MS))
  const answer = await Promise.race([self.fetch(request), patience])
  if (answer.status >= 500) throw new Error('the server is down')
  return answer
}

registerRoute(new NavigationRoute((opening) => fresh(opening.request).catch(() => kept(opening))))
addRoute({ cleanURLs: false, directoryIndex: '' })

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
